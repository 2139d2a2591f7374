package dev.sojourn.sim.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.sojourn.core.PolicyInForce;
import dev.sojourn.core.effect.Step;
import dev.sojourn.policy.CompiledPolicy;
import dev.sojourn.policy.Policy;
import dev.sojourn.policy.Site;
import dev.sojourn.policy.Sites;
import dev.sojourn.policy.read.PolicyReader;
import dev.sojourn.sim.own.OwnRun.Progress;
import dev.sojourn.sim.promise.Promise;
import dev.sojourn.sim.promise.PromiseBroken;
import dev.sojourn.sim.report.CsvReport;
import dev.sojourn.sim.report.JsonReport;
import dev.sojourn.sim.report.TextReport;
import dev.sojourn.sim.residency.Residency;
import dev.sojourn.sim.setup.Scenario;
import dev.sojourn.sim.tally.Tally;
import dev.sojourn.sim.terms.SessionShape;
import dev.sojourn.yaml.InvalidYamlException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two people from Frankfurt, one of whom goes to Tokyo with her health data and comes back. */
class ResidencyTest {
  private static final String STAYS =
      """
      version: v1
      classes:
        special: {sensitive: true, fields: ["health.*"]}
      namespaces:
        shop:
          rules:
            - {id: special-stays, why: ours, when: {residency: DE, class: special}, store: DE, else: OTHERWISE}
      """;

  private static final String TRACE =
      """
      user,time,pop
      ada,1000,fra
      bob,2000,fra
      ada,50000,nrt
      ada,90000,nrt
      ada,120000,fra
      """;

  private static final String SCENARIO =
      """
      scenario: tokyo
      pops: {only: [fra, nrt, icn]}
      policy: stays.yaml
      session: {size: 2KiB, idle: 3d, fields: {health.notes: 100B}}
      trace: {file: t.csv, columns: {pop: pop}, time-format: epoch-seconds}
      workload: {requests: 20, writes: 0.5, by-name: 0.5}
      central: nrt
      """;

  @TempDir private Path folder = Path.of("");

  private Scenario scenario(String policy) throws IOException {
    Files.writeString(folder.resolve("t.csv"), TRACE);
    Files.writeString(folder.resolve("stays.yaml"), policy);
    return Scenarios.of(SCENARIO, folder);
  }

  private Results played(String otherwise) throws IOException, InterruptedException {
    return new Simulation(scenario(STAYS.replace("OTHERWISE", otherwise))).run(1, Progress.NONE);
  }

  private static Map<String, Long> acts(Results results) {
    Map<String, Long> acts = new TreeMap<>();
    results
        .own()
        .acts()
        .forEach(
            (act, times) ->
                acts.merge(
                    act.dataClass() + " " + act.act() + " " + act.country(), times, Long::sum));
    return acts;
  }

  private static Tally rival(Results results, String name) {
    for (int i = 0; i < results.scenario().rivals().size(); i++) {
      if (results.scenario().rivals().get(i).name().equals(name)) {
        return results.rival(i);
      }
    }
    throw new AssertionError(name);
  }

  @Test
  void shouldKeepDataWhereTheyMustStayAndServeTheirUserFromThere()
      throws IOException, InterruptedException {
    Results results = played("remote");

    assertThat(acts(results))
        .containsKeys("special created DE", "special redacted JP", "special refused JP")
        .doesNotContainKeys("special moved JP", "special taken JP");
    assertThat(results.own().handOffs().total()).isZero();
    assertThat(results.own().tally().refusals()).isPositive().isLessThan(results.requests() / 2);
    assertThat(results.own().tally().answered())
        .isEqualTo(results.requests() - results.own().tally().refusals());
    assertThat(results.own().checks(Promise.RESIDENCY_HOLDS)).isPositive();
  }

  @Test
  void shouldCountWhatEachStrategyLeavesAndShowsWhereItMayNot()
      throws IOException, InterruptedException {
    Results results = played("remote");

    assertThat(results.own().tally().restsAmiss()).isZero();
    assertThat(results.own().tally().sightsAmiss()).isZero();
    assertThat(rival(results, "central").restsAmiss()).isEqualTo(results.requests());
    assertThat(rival(results, "everywhere-async").restsAmiss()).isEqualTo(results.requests());
    assertThat(rival(results, "sticky-home").restsAmiss()).isZero();
    assertThat(rival(results, "sticky-home").sightsAmiss()).isBetween(15L, 40L);
    // The session is in Tokyo for 40 of the requests.
    assertThat(rival(results, "first-touch").restsAmiss()).isEqualTo(40);
    // What is carried along lies open wherever its user is.
    assertThat(rival(results, "sealed-cookie").restsAmiss()).isZero();
    assertThat(rival(results, "sealed-cookie").sightsAmiss()).isEqualTo(40);
  }

  @Test
  void shouldMoveToTheNearestPopThatIsLawfulWhereThePolicySaysSo()
      throws IOException, InterruptedException {
    String nearest =
        STAYS.replace(
            "store: DE, else: OTHERWISE", "store: [DE, KR], access: anywhere, else: nearest");
    Results results = new Simulation(scenario(nearest)).run(1, Progress.NONE);

    assertThat(acts(results))
        .containsKeys("special moved KR", "special taken KR", "special served JP")
        .doesNotContainKey("special taken JP");
    assertThat(results.own().handOffs().total()).isEqualTo(2);
    assertThat(results.own().tally().answered()).isEqualTo(results.requests());
  }

  @Test
  void shouldLeaveBehindWhatMayNotFollowAndReachItFromThere()
      throws IOException, InterruptedException {
    String split =
        STAYS.replace("store: DE, else: OTHERWISE", "store: DE, access: anywhere, else: redact");
    Results results = new Simulation(scenario(split)).run(1, Progress.NONE);

    assertThat(acts(results))
        .containsKeys("special created DE", "special kept DE", "special served JP")
        .containsKeys("default moved JP", "default taken JP")
        .doesNotContainKeys("special moved JP", "special taken JP", "special redacted JP");
    assertThat(results.own().count(Step.SPLIT)).isEqualTo(1);
    assertThat(results.own().count(Step.PART_READ)).isPositive();
    assertThat(results.own().count(Step.CAME_HOME)).isEqualTo(1);
    assertThat(results.own().handOffs().total()).isEqualTo(2);
    assertThat(results.own().tally().answered()).isEqualTo(results.requests());
    // Every fifth request or so names what stayed; the others are answered where the user is.
    assertThat(results.own().tally().local()).isGreaterThan(results.requests() / 2);
    assertThat(rival(results, "first-touch").restsAmiss()).isEqualTo(40);
    assertThat(rival(results, "sticky-home").restsAmiss()).isZero();
  }

  @Test
  void shouldGoOnWithoutWhatMayNotBeSeenThere() throws IOException, InterruptedException {
    Results results = played("redact");

    assertThat(acts(results))
        .containsKeys("special kept DE", "special redacted JP", "special refused JP")
        .doesNotContainKeys("special moved JP", "special taken JP", "special served JP");
    assertThat(results.own().count(Step.SPLIT)).isEqualTo(1);
    assertThat(results.own().tally().refusals()).isPositive();
    assertThat(results.own().tally().answered())
        .isEqualTo(results.requests() - results.own().tally().refusals());
    assertThat(rival(results, "first-touch").sightsAmiss()).isPositive();
  }

  @Test
  void shouldTellTheLedgerInEveryReport() throws IOException, InterruptedException {
    Results results = played("remote");

    assertThat(CsvReport.of(results).get("residency.csv"))
        .startsWith("class,residency,act,country,rules,times\n")
        .contains("special,DE,redacted,JP,special-stays,");
    assertThat(JsonReport.of(results, "x"))
        .contains("[\"special\",\"DE\",\"refused\",\"JP\",\"special-stays\",");
    assertThat(TextReport.of(results))
        .hasSizeLessThan(25)
        .anyMatch(line -> line.contains("policy v1"))
        .anyMatch(line -> line.contains("ours 0/0"));
  }

  @Test
  void shouldTakeTheResidencyThatATraceSays() throws IOException, InterruptedException {
    scenario(STAYS.replace("OTHERWISE", "remote"));
    StringBuilder csv = new StringBuilder("user,time,pop,from\n");
    TRACE.lines().skip(1).forEach(line -> csv.append(line).append(",US\n"));
    Files.writeString(folder.resolve("t.csv"), csv.toString());
    Scenario american =
        Scenarios.of(SCENARIO.replace("{pop: pop}", "{pop: pop, residency: from}"), folder);
    Results results = new Simulation(american).run(1, Progress.NONE);

    // No rule speaks of them, and the class is sensitive: they have no place anywhere.
    assertThat(results.own().tally().answered()).isZero();
    assertThat(results.own().tally().refusals()).isEqualTo(results.requests());
  }

  @Test
  void shouldStopWhereOursBreaksThePolicyThatItIsJudgedBy()
      throws IOException, InvalidYamlException {
    Scenario strict = scenario(STAYS.replace("OTHERWISE", "remote"));
    String lax = STAYS.replace("store: DE, else: OTHERWISE", "store: anywhere");
    Policy policy = PolicyReader.read("lax.yaml", lax.getBytes(StandardCharsets.UTF_8));
    PolicyInForce wrong =
        new PolicyInForce(
            CompiledPolicy.compile(
                policy,
                Sites.of(
                    strict.sites().all().stream()
                        .map(site -> new Site(site.id(), site.law(), ImmutableSet.of()))
                        .toList())),
            ImmutableMap.of());
    Residency judge = strict.residency().orElseThrow();
    Scenario broken =
        Scenarios.withResidency(
            strict,
            new Residency(
                judge.namespace(),
                wrong,
                judge.rules(),
                strict.sites(),
                strict.session().fields().keySet(),
                SessionShape.OTHER_FIELDS));

    assertThatThrownBy(() -> new Simulation(broken).run(1, Progress.NONE))
        .isInstanceOf(PromiseBroken.class)
        .hasMessageContaining("RESIDENCY_HOLDS: `health.notes`");
  }
}
