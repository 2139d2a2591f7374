package dev.sojourn.sim.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sojourn.yaml.InvalidYamlException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioReaderTest {
  private static final String HEAD = "scenario: t\npops: {count: 20}\n";

  @TempDir private Path folder = Path.of("");

  /** The message of what is wrong with a scenario that begins with two good lines. */
  private String told(String rest) {
    return toldWhole(HEAD + rest);
  }

  private String toldWhole(String yaml) {
    try {
      ScenarioReader.read(
          "my.yaml", yaml.getBytes(StandardCharsets.UTF_8), folder, OptionalLong.empty());
    } catch (InvalidYamlException e) {
      return String.valueOf(e.getMessage());
    } catch (MissingDataException e) {
      return "missing: " + e.file();
    }
    return "nothing";
  }

  private String traced(String csv, String more) throws IOException {
    Files.writeString(folder.resolve("t.csv"), csv);
    return told("trace: {file: t.csv" + more + "}\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          central: frx                                   | my.yaml:3:10: unknown POP `frx`; did you mean `fra`?
          strategies: [ours, centrall]                   | my.yaml:3:20: unknown strategy `centrall`; did you mean `central`?
          move: sometimes                                | my.yaml:3:7: unknown rule for moving `sometimes`; known here: auto, coin, always, never
          lenght: 24h                                    | my.yaml:3:1: unknown key `lenght`; did you mean `length`?
          length: 1000d10                                | is not a duration
          length: 900000d                                | my.yaml:3:9: key `length`: `900000d` is out of bounds
          workload: {users: 60000000}                    | my.yaml:3:19: key `users`: `60000000` is out of bounds
          workload: {users: 50000000, requests: 90000}   | my.yaml:3:19: more than ten thousand million requests; give fewer users or requests
          workload: {requests: 3, visits: 4}             | give at most one visit for each request
          mobility: [{kind: home, share: 0.5}]           | my.yaml:3:11: the shares add up to 0.5; make them add up to 1
          mobility: [{kind: flight, share: 1}]           | my.yaml:3:19: unknown kind of mobility `flight`; did you mean `flights`?
          mobility: [{kind: stadium, share: 1, pop: xyz, at: 1h, for: 1h}] | my.yaml:3:43: unknown POP `xyz`
          faults: [{pop: fra, at: 25h, for: 1h}]         | is out of bounds: 0ms to 1d
          policy: eu.yaml                                | my.yaml:3:9: there is no policy `eu.yaml`; paths begin at the scenario's own folder; shipped are: builtin:eu-gdpr
          policy: builtin:eu-gpdr                        | my.yaml:3:9: there is no policy `builtin:eu-gpdr`
          namespace: shop                                | my.yaml:3:12: without a policy a namespace says nothing; name a `policy`
          session: {size: 1KiB, fields: {a.b: 900B}}     | my.yaml:3:31: the fields take more than the 768 bytes that `size` leaves beside `write`; give a larger `size`
          session: {fields: {page: 9B}}                  | my.yaml:3:20: every session has a field of this name; choose another name
          trace: {file: none.csv}                        | my.yaml:3:15: there is no file `none.csv`
          trace: {file: none.csv, skip-if-absent: true}  | missing: none.csv
          session: {size: 1GiB}                          | my.yaml:3:17: key `size`: `1GiB` is out of bounds: 16B to 256KiB
          """)
  void shouldTellThePlaceAndTheRemedy(String line, String wanted) {
    assertThat(told(line + "\n")).contains(wanted);
  }

  @Test
  void shouldTellAColumnThatTheTraceDoesNotHave() throws IOException {
    String csv = "who,time,lat,lon\na,2026-01-01T00:00:00Z,1,2\n";

    assertThat(traced(csv, ""))
        .contains("t.csv:1:1: there is no column `user`; there are: who, time, lat, lon")
        .contains("`trace: columns: {user: NAME}`");
    assertThat(traced(csv, ", columns: {user: whoo}"))
        .contains("my.yaml:3:38: unknown column `whoo`; did you mean `who`?");
  }

  @Test
  void shouldTellALineThatIsOutOfOrder() throws IOException {
    String csv =
        """
        user,time,lat,lon
        a,2026-01-02T00:00:00Z,1,2
        b,2026-01-01T00:00:00Z,1,2
        a,2026-01-01T00:00:00Z,1,2
        """;

    assertThat(traced(csv, ""))
        .startsWith("t.csv:4:3: user `a` was somewhere else later, by an earlier line")
        .contains("sort the file by time")
        .doesNotContain("t.csv:3");
  }

  @Test
  void shouldTellALineThatIsCutOff() throws IOException {
    assertThat(traced("user,time,lat,lon\na,2026-01-02T00:00:00Z,1,2\na,2026-01-02T00", ""))
        .contains("t.csv:3:1: this line has 2 values, and the header 4");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          91,2      | t.csv:2:24: `91` is no latitude
          1,-180.1  | t.csv:2:26: `-180.1` is no longitude
          NaN,2     | t.csv:2:24: `NaN` is no latitude
          north,2   | t.csv:2:24: `north` is no latitude
          ,2        | t.csv:2:24: nothing stands here; fill it in, or leave such rows out with `trace: gaps: skip`
          """)
  void shouldTellCoordinatesThatCannotBe(String place, String wanted) throws IOException {
    assertThat(traced("user,time,lat,lon\na,2026-01-02T00:00:00Z," + place + "\n", ""))
        .contains(wanted);
  }

  @Test
  void shouldTellATimeThatIsNone() throws IOException {
    assertThat(traced("user,time,lat,lon\na,yesterday,1,2\n", ""))
        .contains("t.csv:2:3: `yesterday` is no time as `iso`");
    assertThat(traced("user,time,lat,lon\na,2026-01-02 08:00,1,2\n", ", time-zone: Mars/Base"))
        .contains("`Mars/Base` is no time zone");
  }

  @Test
  void shouldTellAPopThatATraceNamesAndNobodyKnows() throws IOException {
    assertThat(traced("user,time,site\na,2026-01-02T00:00:00Z,frra\n", ", columns: {pop: site}"))
        .contains("t.csv:2:24: unknown POP `frra`; did you mean `fra`?");
  }

  @Test
  void shouldTellAFileOfRoundTripsThatSaysNothing() throws IOException {
    Files.writeString(folder.resolve("r.csv"), "a,b,ms\nfrra,lhr,12\nlhr,narita,200\n");

    assertThat(told("round-trips: r.csv\n"))
        .contains("r.csv:1:1: no line names two POPs of this scenario")
        .contains("the first two columns are ids of POPs");
  }

  @Test
  void shouldTellARoundTripThatCannotBe() throws IOException {
    Files.writeString(folder.resolve("r.csv"), "a,b,ms\nfra,fra,0\nfra,lhr,0\nlhr,fra,-3\n");

    assertThat(told("round-trips: r.csv\n"))
        .contains("r.csv:3:9: `0` will not do")
        .contains("r.csv:4:9: `-3` will not do")
        .doesNotContain("r.csv:2");
  }

  @Test
  void shouldTellWhatIsWrongWithAListOfPops() throws IOException {
    Files.writeString(
        folder.resolve("p.csv"), "id,city,country,lat,lon\nfra,,DE,91,8\nFRA!,,DE,50,8\n");

    assertThat(toldWhole("scenario: t\npops: {file: p.csv}\n"))
        .contains("p.csv:2:9: `91` is no latitude")
        .contains("p.csv:3:1: `FRA!` is not a POP id");
    assertThat(toldWhole("scenario: t\npops: {only: [fra, lhrr]}\n"))
        .contains("my.yaml:2:20: unknown POP `lhrr`");
    assertThat(toldWhole("scenario: t\npops: {file: none.csv}\n"))
        .contains("my.yaml:2:14: there is no file `none.csv`");
  }

  @Test
  void shouldTellWhatIsWrongWithAPolicyInItsOwnFile() throws IOException {
    String head =
        "version: v1\nclasses:\n  id: {fields: [name]}\nnamespaces:\n  shop:\n    rules:\n";
    String rule = "      - {id: r, why: w, when: {class: id}, store: eu, else: ";
    Files.writeString(folder.resolve("p.yaml"), head + rule.replace("eu,", "eur,") + "deny}\n");

    assertThat(told("policy: p.yaml\n")).contains("p.yaml:7:51: unknown region `eur`");

    Files.writeString(folder.resolve("p.yaml"), head + rule + "remote}\n");

    assertThat(told("policy: p.yaml\n")).isEqualTo("nothing");
    assertThat(told("policy: p.yaml\nnamespace: shpo\n"))
        .contains("my.yaml:4:12: unknown namespace `shpo`; did you mean `shop`?");
    assertThat(toldWhole("scenario: t\npops: {synthetic: 1025}\npolicy: p.yaml\n"))
        .contains("my.yaml:3:9: a policy with more than 1024 POPs takes too much memory");
  }

  @Test
  void shouldTellAResidencyThatIsNoCountry() throws IOException {
    String csv = "user,time,pop,from\na,2026-01-02T00:00:00Z,fra,Germany\n";

    assertThat(traced(csv, ", columns: {pop: pop, residency: from}"))
        .contains("t.csv:2:28: `Germany` is no country");
  }

  @Test
  void shouldTellAPackedFileThatIsCutOff() throws IOException {
    Files.write(folder.resolve("t.csv.gz"), new byte[] {31, (byte) 139, 8, 0, 0, 0});

    assertThat(told("trace: {file: t.csv.gz}\n")).contains("t.csv.gz:1:1: the packed file ends");
  }

  @Test
  void shouldRefuseARunThatCannotFitInMemoryBeforeAnythingRuns() throws IOException {
    StringBuilder csv = new StringBuilder("user,time,pop\n");
    for (int i = 0; i < 40_000; i++) {
      csv.append("a,").append(1_700_000_000L + i).append(",fra\n");
    }
    Files.writeString(folder.resolve("t.csv"), csv.toString());
    String yaml =
        HEAD
            + "trace: {file: t.csv, columns: {pop: pop}, time-format: epoch-seconds}\n"
            + "workload: {requests: 100000}\n";

    assertThatThrownBy(
            () ->
                ScenarioReader.read(
                    "my.yaml", yaml.getBytes(StandardCharsets.UTF_8), folder, OptionalLong.empty()))
        .hasMessageContaining("my.yaml:4:11: this needs about")
        .hasMessageContaining("SOJOURN_JAVA_OPTS");
  }

  @Test
  void shouldCountAllUsersOfATraceThatAreInMemoryTogether() throws IOException {
    StringBuilder csv = new StringBuilder("user,time,pop\n");
    for (int user = 0; user < 256; user++) {
      csv.append(user).append(",0,fra\n").append(user).append(",12600000000,fra\n");
    }
    Files.writeString(folder.resolve("t.csv"), csv.toString());

    assertThat(
            told(
                "trace: {file: t.csv, columns: {pop: pop}, time-format: epoch-seconds}\n"
                    + "workload: {requests: 100000}\n"))
        .contains("my.yaml:4:11: this needs about");
  }
}
