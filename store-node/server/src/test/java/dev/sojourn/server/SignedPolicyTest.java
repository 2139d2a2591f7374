package dev.sojourn.server;

import static dev.sojourn.server.TestNodes.BOS;
import static dev.sojourn.server.TestNodes.FRA;
import static dev.sojourn.server.TestNodes.get;
import static dev.sojourn.server.TestNodes.put;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableSortedSet;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sojourn.server.config.PolicySigners;
import dev.sojourn.server.ops.ExitStatus;
import dev.sojourn.server.ops.NodeFailure;
import dev.sojourn.server.policy.BundleText;
import dev.sojourn.server.policy.OfficerKey;
import dev.sojourn.server.policy.OfficerKeys;
import dev.sojourn.server.policy.Stage;
import dev.sojourn.server.shell.ResidencySweep;
import dev.sojourn.v1.Create;
import dev.sojourn.v1.ErrorCode;
import dev.sojourn.v1.Operation;
import dev.sojourn.value.PopId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real nodes in the US, Germany and Japan; policies come as signed bundles to one of them. */
class SignedPolicyTest {
  private static final PopId TYO = new PopId("tyo");
  private static final Stage ALL = new Stage.All();
  private static final String AT_HOME =
      """
      version: at-home
      classes:
        identity: {sensitive: true, fields: [name]}
      namespaces:
        shop:
          grace: 1h
          rules:
            - {id: at-home, why: a duty, when: {class: identity}, store: home, else: deny}
      """;

  private final OfficerKey officer = OfficerKey.fresh();
  private final HttpClient http = HttpClient.newHttpClient();
  private TestNodes nodes;

  @BeforeEach
  void layOut(@TempDir Path directory) throws Exception {
    Path open = directory.resolve("open.yaml");
    Files.writeString(open, DrawnPolicy.OPEN);
    nodes = new TestNodes(directory, BOS, FRA, TYO);
    nodes.obey(open, BOS, "US", -71);
    nodes.obey(open, FRA, "DE", 8.6);
    nodes.obey(open, TYO, "JP", 139.7);
    nodes.signers(Optional.of(OfficerKeys.signers(officer)));
  }

  @AfterEach
  void stop() {
    nodes.close();
  }

  private void start(PopId... pops) throws NodeFailure {
    for (PopId pop : pops) {
      nodes.start(pop);
    }
  }

  private byte[] bundle(long version, Stage stage, String yaml) {
    return BundleText.sign(version, stage, Instant.now(), yaml, officer).bytes();
  }

  private HttpResponse<String> post(PopId pop, byte[] bundle) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + nodes.node(pop).ports().admin() + "/policy");
    HttpRequest request =
        HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofByteArray(bundle)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private void push(PopId pop, long version, Stage stage, String yaml) throws Exception {
    HttpResponse<String> answer = post(pop, bundle(version, stage, yaml));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private JsonObject page(PopId pop, String name) {
    URI uri = URI.create("http://127.0.0.1:" + nodes.node(pop).ports().admin() + "/" + name);
    try (var in = uri.toURL().openStream()) {
      return JsonParser.parseString(new String(in.readAllBytes(), UTF_8)).getAsJsonObject();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The versions that must allow a thing at {@code pop}. */
  private List<Long> deciding(PopId pop) {
    return page(pop, "policy")
        .getAsJsonObject("deciding")
        .getAsJsonArray("versions")
        .asList()
        .stream()
        .map(JsonElement::getAsLong)
        .toList();
  }

  private void awaitDeciding(PopId pop, Long... versions) {
    TestNodes.await(
        pop + " obeys " + List.of(versions), () -> deciding(pop).equals(List.of(versions)));
  }

  private Optional<JsonObject> stands(PopId at, PopId other) {
    return page(at, "policy").getAsJsonArray("pops").asList().stream()
        .map(JsonElement::getAsJsonObject)
        .filter(each -> each.get("pop").getAsString().equals(other.name()))
        .findFirst();
  }

  private void awaitStanding(PopId at, PopId other, String standing) {
    TestNodes.await(
        at + " sees that " + other + " " + standing,
        () ->
            stands(at, other)
                .filter(each -> each.get("standing").getAsString().equals(standing))
                .isPresent());
  }

  private String create(PopId pop, Operation... operations) {
    return nodes
        .client(pop)
        .execute(
            nodes
                .request("", operations)
                .setCreate(Create.newBuilder().setResidencyCountry("US"))
                .build())
        .getHint();
  }

  @Test
  void shouldReachAllPopsAlsoThoseThatComeLaterOrComeBack() throws Exception {
    start(BOS, FRA);
    push(BOS, 1, ALL, AT_HOME);
    awaitDeciding(FRA, 0L, 1L);
    awaitStanding(BOS, FRA, "holds");
    assertThat(stands(BOS, TYO).orElseThrow().get("standing").getAsString()).isEqualTo("unheard");
    assertThat(deciding(BOS)).containsExactly(0L, 1L);

    start(TYO);
    for (PopId pop : List.of(BOS, FRA, TYO)) {
      awaitDeciding(pop, 1L);
    }

    nodes.node(FRA).close();
    push(TYO, 2, ALL, AT_HOME + "# again\n");
    awaitDeciding(BOS, 1L, 2L);
    start(FRA);
    for (PopId pop : List.of(BOS, FRA, TYO)) {
      awaitDeciding(pop, 2L);
    }
    nodes.restart(BOS);
    assertThat(deciding(BOS)).containsExactly(2L);
    assertThat(page(BOS, "status").getAsJsonObject("policy").get("newest").getAsLong())
        .isEqualTo(2);
  }

  @Test
  void shouldForbidAtOnceAndAllowOnlyOnceAllPopsHaveIt() throws Exception {
    start(BOS, FRA);
    TestNodes.await("fra has met bos", () -> nodes.node(FRA).status().peers().links() > 0);
    String hint = create(FRA, put("name", "Ada"));
    push(BOS, 1, ALL, AT_HOME);
    awaitDeciding(FRA, 0L, 1L);
    TestNodes.await(
        "fra is swept",
        () -> nodes.node(FRA).status().sweep().stage() == ResidencySweep.Stage.DONE);
    assertThat(nodes.node(FRA).status().sweep().moved()).isEqualTo(1);
    assertThat(nodes.refusal(FRA, nodes.request(hint, get("name")).build()).getCode())
        .isEqualTo(ErrorCode.DENIED);
    assertThat(nodes.read(BOS, hint, "name")).isEqualTo("Ada");

    start(TYO);
    awaitDeciding(FRA, 1L);
    nodes.node(TYO).close();
    push(FRA, 2, ALL, DrawnPolicy.OPEN);
    awaitDeciding(BOS, 1L, 2L);
    awaitStanding(BOS, FRA, "holds");
    assertThat(nodes.refusal(FRA, nodes.request(hint, get("name")).build()).getCode())
        .as("tokyo does not have it yet")
        .isEqualTo(ErrorCode.DENIED);
    start(TYO);
    awaitDeciding(FRA, 2L);
    awaitDeciding(BOS, 2L);
    assertThat(nodes.read(FRA, hint, "name")).isEqualTo("Ada");
  }

  @Test
  void shouldDecideOnlyWhereItIsTried() throws Exception {
    start(BOS, FRA);
    push(BOS, 1, new Stage.At(ImmutableSortedSet.of(FRA)), AT_HOME);
    awaitDeciding(FRA, 0L, 1L);
    assertThat(deciding(BOS)).containsExactly(0L);
    String hint = create(BOS, put("name", "Ada"));
    assertThat(nodes.refusal(FRA, nodes.request(hint, get("name")).build()).getCode())
        .isEqualTo(ErrorCode.DENIED);
    assertThat(nodes.read(BOS, hint, "name")).isEqualTo("Ada");

    push(BOS, 2, new Stage.Shadow(), AT_HOME);
    awaitDeciding(FRA, 0L);
    assertThat(nodes.read(FRA, hint, "name")).isEqualTo("Ada");
  }

  @Test
  void shouldCountWhatOneInShadowWouldChangeAndChangeNothing() throws Exception {
    start(BOS, FRA);
    push(BOS, 1, new Stage.Shadow(), AT_HOME);
    awaitStanding(BOS, FRA, "holds");
    String hint = create(BOS, put("name", "Ada"));
    assertThat(nodes.read(FRA, hint, "name")).isEqualTo("Ada");

    assertThat(deciding(BOS)).containsExactly(0L);
    JsonObject shadow = page(BOS, "policy").getAsJsonObject("shadow");
    assertThat(shadow.get("narrower").getAsLong()).isPositive();
    assertThat(shadow.get("wider").getAsLong()).isZero();
    assertThat(metrics(BOS))
        .contains(
            "sojourn_policy_shadow_total{difference=\"narrower\"} "
                + shadow.get("narrower").getAsLong());
    push(BOS, 2, new Stage.Shadow(), DrawnPolicy.OPEN);
    assertThat(page(BOS, "policy").getAsJsonObject("shadow").get("narrower").getAsLong()).isZero();
  }

  private String metrics(PopId pop) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + nodes.node(pop).ports().admin() + "/metrics");
    return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Test
  void shouldKeepWhatItHasWhereABadOneIsPushed() throws Exception {
    start(BOS);
    byte[] altered = bundle(1, ALL, AT_HOME);
    altered[altered.length - 1] ^= 1;
    HttpResponse<String> answer = post(BOS, altered);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("\"kind\":\"bad_signature\"");

    HttpResponse<String> unsound = post(BOS, bundle(1, ALL, AT_HOME.replace("home,", "hoem,")));
    assertThat(unsound.statusCode()).isEqualTo(422);
    assertThat(unsound.body()).contains("policy.yaml:8:").contains("`hoem`");
    assertThat(post(BOS, new byte[2 << 20]).statusCode()).isEqualTo(413);

    JsonObject policy = page(BOS, "policy");
    assertThat(policy.getAsJsonObject("last_refusal").get("kind").getAsString())
        .isEqualTo("too_large");
    assertThat(deciding(BOS)).containsExactly(0L);
    push(BOS, 1, ALL, AT_HOME);
    assertThat(post(BOS, bundle(1, ALL, DrawnPolicy.OPEN)).statusCode()).isEqualTo(409);
  }

  @Test
  void shouldTellThePusherWhichPopRefusesAndWhy() throws Exception {
    start(BOS);
    nodes.signers(Optional.of(OfficerKeys.signers(OfficerKey.fresh())));
    start(FRA);
    nodes.signers(Optional.empty());
    start(TYO);
    push(BOS, 1, ALL, AT_HOME);
    awaitStanding(BOS, FRA, "refuses");
    awaitStanding(BOS, TYO, "refuses");
    assertThat(stands(BOS, FRA).orElseThrow().get("reason").getAsString())
        .contains("key " + officer.id());
    assertThat(stands(BOS, TYO).orElseThrow().get("reason").getAsString())
        .contains("POP `tyo` takes no signed policies");
    assertThat(deciding(FRA)).containsExactly(0L);
    assertThat(deciding(BOS)).containsExactly(0L, 1L);
    assertThat(post(TYO, bundle(1, ALL, AT_HOME)).statusCode()).isEqualTo(409);
  }

  @Test
  void shouldSayNothingOfThisToAnOlderReleaseAndWaitForIt() throws Exception {
    start(BOS, FRA);
    try (OlderPop tyo = new OlderPop(nodes, TYO, BOS)) {
      push(BOS, 1, ALL, AT_HOME);
      awaitStanding(BOS, TYO, "older");
      awaitStanding(BOS, FRA, "holds");
      assertThat(deciding(BOS)).containsExactly(0L, 1L);
      assertThat(tyo.told()).isEmpty();
      assertThat(tyo.links()).isEqualTo(1);
    }
  }

  @Test
  void shouldNotStartWithWhatItCannotTrust() throws Exception {
    start(BOS);
    push(BOS, 1, ALL, AT_HOME);
    nodes.node(BOS).close();
    Path file = nodes.dataDirectory(BOS).resolve("policy-rollout.json");

    nodes.signers(Optional.of(OfficerKeys.signers(OfficerKey.fresh())));
    assertFails(ExitStatus.CONFIG, file);
    nodes.signers(Optional.<PolicySigners>empty());
    assertFails(ExitStatus.CONFIG, file);
    nodes.signers(Optional.of(OfficerKeys.signers(officer)));
    String whole = Files.readString(file);
    Files.writeString(file, whole.replace("\"main\"", "\"mein\""));
    assertFails(ExitStatus.STORAGE, file);
    Files.writeString(file, whole);
    start(BOS);
    assertThat(deciding(BOS)).containsExactly(0L, 1L);
  }

  private void assertFails(ExitStatus status, Path file) {
    assertThatThrownBy(() -> nodes.start(BOS))
        .isInstanceOfSatisfying(
            NodeFailure.class,
            e -> {
              assertThat(e.status()).isEqualTo(status);
              assertThat(e.line()).contains("`" + file + "`");
            });
  }
}
