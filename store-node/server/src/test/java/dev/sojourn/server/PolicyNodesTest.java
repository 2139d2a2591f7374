package dev.sojourn.server;

import static dev.sojourn.server.TestNodes.BOS;
import static dev.sojourn.server.TestNodes.FRA;
import static dev.sojourn.server.TestNodes.get;
import static dev.sojourn.server.TestNodes.increment;
import static dev.sojourn.server.TestNodes.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.core.effect.LedgerEntry.Act;
import dev.sojourn.server.ledger.LedgerFile;
import dev.sojourn.server.ledger.LedgerLine;
import dev.sojourn.server.ledger.Whereabouts;
import dev.sojourn.v1.Create;
import dev.sojourn.v1.ErrorCode;
import dev.sojourn.v1.ErrorDetail;
import dev.sojourn.v1.ExecuteRequest;
import dev.sojourn.v1.ExecuteResponse;
import dev.sojourn.v1.Field;
import dev.sojourn.v1.Operation;
import dev.sojourn.v1.Outcome;
import dev.sojourn.value.PopId;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two real nodes, one in the US and one in Germany, and a policy between them. */
class PolicyNodesTest {
  private static final String STRICT =
      """
      version: 1
      classes:
        identity: {fields: [name], sensitive: true}
        score: {fields: [n]}
      namespaces:
        shop:
          rules:
            - {id: identity-at-home, why: a duty, when: {class: identity}, store: home, else: remote}
            - {id: score-at-home, why: a duty, when: {class: score}, store: home, access: anywhere, else: nearest}
      """;
  private static final String OPEN =
      """
      version: 2
      namespaces:
        shop:
          rules:
            - {id: anywhere, why: no duty, store: anywhere}
      """;

  /** Does not compress, and stands nowhere else. */
  private static final String TOKEN = "q7Zk0vXw3RtYb9LmAd";

  private Path policy;
  private TestNodes nodes;

  @BeforeEach
  void startTwoNodes(@TempDir Path directory) throws Exception {
    policy = directory.resolve("policy.yaml");
    Files.writeString(policy, STRICT);
    nodes = new TestNodes(directory, BOS, FRA);
    nodes.obey(policy, FRA, "DE", 8.6);
    nodes.start(BOS);
    nodes.start(FRA);
  }

  @AfterEach
  void stop() {
    nodes.close();
  }

  @Test
  void shouldShowAndKeepElsewhereOnlyWhatThePolicyAllows() throws Exception {
    String hint = create(put("name", TOKEN), put("cart", "tea")).getHint();

    ErrorDetail denied = nodes.refusal(FRA, nodes.request(hint, get("name")).build());
    assertThat(denied.getCode()).isEqualTo(ErrorCode.DENIED);
    assertThat(denied.getText()).contains("`identity-at-home`").doesNotContain(TOKEN);

    ExecuteResponse seen = nodes.client(FRA).execute(nodes.request(hint, get()).build());
    assertThat(seen.getResults(0).getFields().getFieldsList())
        .extracting(Field::getName)
        .containsExactly("cart");
    assertThat(seen.getOutcome().getRedacted()).isTrue();
    assertThat(seen.getOutcome().getHow()).isEqualTo(Outcome.How.EXECUTED_REMOTELY);

    nodes.close();
    assertThat(searched(FRA).holdsRaw(TOKEN) || searched(FRA).holdsRead(TOKEN)).isFalse();
    assertThat(searched(BOS).holdsRaw(TOKEN) && searched(BOS).holdsRead(TOKEN)).isTrue();
  }

  private StoreSearch searched(PopId pop) throws Exception {
    return new StoreSearch(nodes.dataDirectory(pop), policy.resolveSibling("."));
  }

  private ExecuteResponse create(Operation... operations) {
    return nodes
        .client(BOS)
        .execute(
            nodes
                .request("", operations)
                .setCreate(Create.newBuilder().setResidencyCountry("US"))
                .build());
  }

  @Test
  void shouldMakeASessionWhereItMayRest() throws Exception {
    ExecuteRequest creation =
        nodes
            .request("", increment("n"))
            .setCreate(Create.newBuilder().setResidencyCountry("US"))
            .build();
    AtomicReference<@Nullable ExecuteResponse> answer = new AtomicReference<>();
    TestNodes.await("fra has met bos", () -> isAnswered(creation, answer));
    ExecuteResponse made = Objects.requireNonNull(answer.get());

    assertThat(made.getOutcome().getSessionCreated()).isTrue();
    assertThat(made.getOutcome().getOwnerPop()).isEqualTo("bos");
    assertThat(made.getOutcome().getRoundTrips()).isEqualTo(1);
    assertThat(nodes.read(BOS, made.getHint(), "n")).isEqualTo("1");
  }

  /** A node that was started this very moment asks for another try until it has met its peers. */
  private boolean isAnswered(
      ExecuteRequest request, AtomicReference<@Nullable ExecuteResponse> answer) {
    try {
      answer.set(nodes.client(FRA).execute(request));
      return true;
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Status.Code.UNAVAILABLE) {
        throw e;
      }
      return false;
    }
  }

  private void awaitMoveToFrankfurt(String hint) throws Exception {
    TestNodes.await(
        "both nodes have the new policy, and the session follows",
        () ->
            nodes
                .client(FRA)
                .execute(nodes.request(hint, get("n")).build())
                .getOutcome()
                .getOwnerPop()
                .equals("fra"));
  }

  @Test
  void shouldTakeANewPolicyOverWhileItRunsAndRefuseABadOne() throws Exception {
    String hint = create(increment("n")).getHint();
    ExecuteResponse remote = nodes.client(FRA).execute(nodes.request(hint, get("n")).build());
    assertThat(remote.getOutcome().getHow()).isEqualTo(Outcome.How.EXECUTED_REMOTELY);

    Files.writeString(policy, STRICT.replace("else: nearest", "else: neerest"));
    Files.writeString(policy, OPEN);
    awaitMoveToFrankfurt(hint);
  }

  @Test
  void shouldTellFromTheLedgersWhereASessionHasBeen() throws Exception {
    String hint = create(put("name", TOKEN), increment("n")).getHint();
    nodes.refusal(FRA, nodes.request(hint, get("name")).build());
    nodes.client(FRA).execute(nodes.request(hint, get()).build());
    LedgerFile bos = ledger(BOS);
    assertThat(bos.problems()).isEmpty();
    assertThat(bos.lines())
        .extracting(LedgerLine::act)
        .containsExactly(Act.CREATED, Act.SERVED, Act.REDACTED);
    assertThat(bos.lines().get(1).to()).isEqualTo("fra");
    assertThat(bos.lines().get(1).classes()).containsExactly("score");
    assertThat(bos.lines().get(2).classes()).containsExactly("identity");
    assertThat(bos.lines()).extracting(LedgerLine::policy).containsOnly("1");

    LedgerFile called = ledger(FRA);
    assertThat(called.lines()).extracting(LedgerLine::act).containsExactly(Act.REFUSED);
    assertThat(called.lines().get(0).rules()).containsExactly("identity-at-home");

    Files.writeString(policy, OPEN);
    awaitMoveToFrankfurt(hint);
    TestNodes.await(
        "the copy is gone",
        () -> ledger(BOS).lines().stream().anyMatch(line -> line.act() == Act.ERASED));
    LedgerFile fra = ledger(FRA);
    assertThat(fra.problems()).isEmpty();
    String session = fra.lines().get(0).session();
    Whereabouts all = Whereabouts.of(session, List.of(ledger(BOS), fra));
    assertThat(all.missing()).isEmpty();
    assertThat(all.stays()).extracting(Whereabouts.Stay::pop).containsExactly("bos", "fra");
    assertThat(all.stays().get(0).gone()).isPresent();
    assertThat(all.stays().get(1).gone()).isEmpty();
    assertThat(Whereabouts.of(session, List.of(fra)).missing()).containsExactly("bos");
  }

  private LedgerFile ledger(PopId pop) {
    URI address = URI.create("http://127.0.0.1:" + nodes.node(pop).ports().admin() + "/ledger");
    try (InputStream in = address.toURL().openStream()) {
      Path file = policy.resolveSibling(pop + ".jsonl");
      Files.write(file, in.readAllBytes());
      return LedgerFile.read(file, Map.of());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
