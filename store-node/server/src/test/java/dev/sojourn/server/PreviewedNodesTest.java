package dev.sojourn.server;

import static dev.sojourn.server.TestNodes.BOS;
import static dev.sojourn.server.TestNodes.FRA;
import static dev.sojourn.server.TestNodes.put;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sojourn.v1.Create;
import dev.sojourn.v1.ExecuteResponse;
import dev.sojourn.yaml.YamlReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real node is asked what a policy would move that it does not obey. */
class PreviewedNodesTest {
  private static final String NAMES_AT_HOME =
      """
      version: strict
      classes:
        identity: {sensitive: true, fields: [name]}
      namespaces:
        shop:
          grace: 0s
          rules:
            - {id: at-home, why: a duty, when: {class: identity}, store: home, else: deny}
      """;
  private static final String SECRET = "q7Zk0vXw3RtYb9LmAd";

  private final FaultyStore.Faults faults = new FaultyStore.Faults();
  private final HttpClient http = HttpClient.newHttpClient();
  private TestNodes nodes;

  @BeforeEach
  void startTwoNodes(@TempDir Path directory) throws Exception {
    Path policy = directory.resolve("policy.yaml");
    Files.writeString(policy, DrawnPolicy.OPEN);
    nodes = new TestNodes(directory, BOS, FRA);
    nodes.obey(policy, FRA, "DE", 8.6);
    nodes.start(BOS);
    nodes.start(FRA, faults::open);
  }

  @AfterEach
  void stop() {
    nodes.close();
  }

  private String create(String residency) {
    ExecuteResponse made =
        nodes
            .client(FRA)
            .execute(
                nodes
                    .request("", put("name", SECRET))
                    .setCreate(Create.newBuilder().setResidencyCountry(residency))
                    .build());
    return made.getHint();
  }

  private HttpResponse<String> preview(String policy) throws Exception {
    return begin(policy).get(60, TimeUnit.SECONDS);
  }

  private CompletableFuture<HttpResponse<String>> begin(String policy) {
    return http.sendAsync(
        HttpRequest.newBuilder(page("/policy/preview"))
            .POST(HttpRequest.BodyPublishers.ofString(policy))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private URI page(String path) {
    return URI.create("http://127.0.0.1:" + nodes.node(FRA).ports().admin() + path);
  }

  @Test
  void shouldTellWhatWouldMoveWhereAndMoveNothing() throws Exception {
    create("DE");
    String american = create("US");
    create("US");
    create("BR");

    HttpResponse<String> answer = preview(NAMES_AT_HOME);

    assertThat(answer.statusCode()).isEqualTo(200);
    JsonObject told = JsonParser.parseString(answer.body()).getAsJsonObject();
    assertThat(told)
        .hasToString(
            "{\"pop\":\"fra\",\"policy\":\"strict\",\"share\":1.0,\"unreadable\":0,\"namespaces\":"
                + "{\"shop\":{\"live\":4,\"frozen\":0,\"to\":{\"bos\":2},\"parts\":0,\"nowhere\":1}}}");
    assertThat(nodes.node(FRA).status().sweep().policy()).isEqualTo("open");
    assertThat(nodes.read(FRA, american, "name")).isEqualTo(SECRET);
    assertThat(preview(DrawnPolicy.OPEN).body()).contains("\"to\":{},\"parts\":0,\"nowhere\":0");
  }

  @Test
  void shouldTellOneAtATimeAndAnswerOthersMeanwhile() throws Exception {
    create("US");
    faults.holdScans();
    List<CompletableFuture<HttpResponse<String>>> asked =
        List.of(begin(NAMES_AT_HOME), begin(NAMES_AT_HOME), begin(NAMES_AT_HOME));

    TestNodes.await(
        "all but one are refused", () -> asked.stream().filter(Future::isDone).count() == 2);
    HttpRequest status = HttpRequest.newBuilder(page("/status")).build();
    assertThat(http.send(status, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    faults.releaseScans();

    List<Integer> codes = new ArrayList<>();
    for (CompletableFuture<HttpResponse<String>> each : asked) {
      codes.add(each.get(60, TimeUnit.SECONDS).statusCode());
    }
    assertThat(codes).containsExactlyInAnyOrder(200, 503, 503);
    assertThat(preview(NAMES_AT_HOME).statusCode()).isEqualTo(200);
  }

  @Test
  void shouldTellEveryMistakeOfAPolicyWithItsPlace() throws Exception {
    HttpResponse<String> answer =
        preview(NAMES_AT_HOME.replace("store: home", "store: hom").replace("deny", "denied"));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .contains("policy:8:68: unknown region `hom`", "policy:8:79: unknown action `denied`");

    String huge = "#".repeat(YamlReader.BYTES_MAX + 1);
    assertThat(preview(huge).statusCode()).isEqualTo(422);
    assertThat(preview(huge).body()).contains("larger than 1MiB");
  }
}
