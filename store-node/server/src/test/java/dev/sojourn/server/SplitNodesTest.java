package dev.sojourn.server;

import static dev.sojourn.server.TestNodes.BOS;
import static dev.sojourn.server.TestNodes.FRA;
import static dev.sojourn.server.TestNodes.get;
import static dev.sojourn.server.TestNodes.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.v1.Create;
import dev.sojourn.v1.ErrorCode;
import dev.sojourn.v1.ErrorDetail;
import dev.sojourn.v1.ExecuteRequest;
import dev.sojourn.v1.ExecuteResponse;
import dev.sojourn.v1.Field;
import dev.sojourn.v1.Outcome;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cart of an American follows to Frankfurt, and who it is stays in Boston. */
class SplitNodesTest {
  private static final String POLICY =
      """
      version: 1
      classes:
        identity: {fields: [name], sensitive: true}
        account: {fields: [account], sensitive: true}
      namespaces:
        shop:
          rules:
            - {id: identity-behind, why: a duty, when: {class: identity}, store: home, access: anywhere, else: redact}
            - {id: account-unseen, why: a duty, when: {class: account}, store: home, else: redact}
      """;

  /** They do not compress, and stand nowhere else. */
  private static final String TOKEN = "q7Zk0vXw3RtYb9LmAd";

  private static final String NEWER_TOKEN = "Zp4Jx8QeN1cVu6HsWg";
  private static final String UNSEEN_TOKEN = "u5TfK2dMy7RbXo3EiC";

  private TestNodes nodes;
  private String hint;

  @BeforeEach
  void splitASession(@TempDir Path directory) throws Exception {
    Path policy = directory.resolve("policy.yaml");
    Files.writeString(policy, POLICY);
    nodes = new TestNodes(directory, BOS, FRA);
    nodes.obey(policy, FRA, "DE", 8.6);
    nodes.start(BOS);
    nodes.start(FRA);
    ExecuteRequest creation =
        nodes
            .request("", put("name", TOKEN), put("account", UNSEEN_TOKEN), put("cart", "tea"))
            .setCreate(Create.newBuilder().setResidencyCountry("US"))
            .build();
    String made = nodes.client(BOS).execute(creation).getHint();
    ExecuteResponse moved =
        nodes.client(FRA).execute(nodes.request(made, put("cart", "milk")).build());
    assertThat(moved.getOutcome().getHow()).isEqualTo(Outcome.How.GRANTED);
    hint = moved.getHint();
  }

  @AfterEach
  void stop() {
    nodes.close();
  }

  @Test
  void shouldReadAndWriteBothPartsInOneRequestAndKeepEachWhereItMayRest() throws Exception {
    ExecuteResponse both =
        nodes
            .client(FRA)
            .execute(
                nodes
                    .request(
                        hint, put("cart", "rum"), put("name", NEWER_TOKEN), get("cart", "name"))
                    .build());
    assertThat(both.getOutcome().getOwnerPop()).isEqualTo("fra");
    assertThat(both.getOutcome().getVersion()).isEqualTo(3);
    assertThat(fields(both, 2)).isEqualTo(Map.of("cart", "rum", "name", NEWER_TOKEN));

    ExecuteResponse all = nodes.client(FRA).execute(nodes.request(hint, get()).build());
    assertThat(fields(all, 0)).isEqualTo(Map.of("cart", "rum", "name", NEWER_TOKEN));
    assertThat(all.getOutcome().getRedacted()).isTrue();
    ErrorDetail denied = nodes.refusal(FRA, nodes.request(hint, get("account")).build());
    assertThat(denied.getCode()).isEqualTo(ErrorCode.DENIED);
    assertThat(denied.getText()).contains("`account-unseen`").doesNotContain(UNSEEN_TOKEN);

    nodes.close();
    for (String token : List.of(TOKEN, NEWER_TOKEN, UNSEEN_TOKEN)) {
      assertThat(filesWith(token, nodes.dataDirectory(FRA))).isEmpty();
      assertThat(filesWith(token, nodes.dataDirectory(BOS))).as("the search finds it").isNotEmpty();
    }
  }

  @Test
  void shouldServeTheLawfulPartWhileTheCustodianIsAwayAndBothWhenItIsBack() throws Exception {
    ExecuteRequest ofBoth = nodes.request(hint, put("cart", "rum"), put("name", "Eve")).build();
    nodes.node(BOS).close();

    ErrorDetail refused = nodes.refusal(FRA, ofBoth);
    assertThat(refused.getCode()).isEqualTo(ErrorCode.OWNER_UNREACHABLE);
    assertThat(refused.getText()).contains("`bos`");
    assertThat(nodes.read(FRA, hint, "cart")).isEqualTo("milk");

    nodes.start(BOS);
    TestNodes.await("the custodian is back", () -> isApplied(ofBoth));
    ExecuteResponse all = nodes.client(FRA).execute(nodes.request(hint, get()).build());
    assertThat(fields(all, 0)).isEqualTo(Map.of("cart", "rum", "name", "Eve"));
    assertThat(all.getOutcome().getVersion()).isEqualTo(3);
  }

  @Test
  void shouldBeWholeAgainAtHome() throws Exception {
    ExecuteResponse home = nodes.client(BOS).execute(nodes.request(hint, get()).build());

    assertThat(home.getOutcome().getOwnerPop()).isEqualTo("bos");
    assertThat(fields(home, 0))
        .isEqualTo(Map.of("cart", "milk", "name", TOKEN, "account", UNSEEN_TOKEN));
    assertThat(home.getOutcome().getRedacted()).isFalse();
  }

  private boolean isApplied(ExecuteRequest request) {
    try {
      return nodes.client(FRA).execute(request).getOutcome().getVersion() == 3;
    } catch (StatusRuntimeException e) {
      return false;
    }
  }

  private static Map<String, String> fields(ExecuteResponse response, int result) {
    return response.getResults(result).getFields().getFieldsList().stream()
        .collect(Collectors.toMap(Field::getName, field -> field.getValue().toStringUtf8()));
  }

  private static List<Path> filesWith(String token, Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).filter(file -> holds(file, token)).toList();
    }
  }

  private static boolean holds(Path file, String token) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).contains(token);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
