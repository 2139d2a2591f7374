package dev.sojourn.server;

import static dev.sojourn.server.TestNodes.BOS;
import static dev.sojourn.server.TestNodes.FRA;
import static dev.sojourn.server.TestNodes.get;
import static dev.sojourn.server.TestNodes.increment;
import static dev.sojourn.server.TestNodes.put;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import dev.sojourn.v1.ExecuteRequest;
import dev.sojourn.v1.ExecuteResponse;
import dev.sojourn.v1.InspectRequest;
import dev.sojourn.v1.InspectResponse;
import dev.sojourn.v1.Outcome;
import dev.sojourn.value.PopId;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoNodesTest {
  private TestNodes nodes;

  @BeforeEach
  void startTwoNodes(@TempDir Path directory) throws Exception {
    nodes = new TestNodes(directory, BOS, FRA);
    nodes.start(BOS);
    nodes.start(FRA);
  }

  @AfterEach
  void stop() {
    nodes.close();
  }

  @Test
  void shouldHandASessionOverWithTheFirstRequestFromElsewhere() {
    String hint =
        nodes.client(BOS).execute(nodes.request("", put("cart", "tea")).build()).getHint();
    ExecuteResponse moved =
        nodes.client(FRA).execute(nodes.request(hint, increment("n"), get("cart")).build());
    assertThat(moved.getOutcome().getHow()).isEqualTo(Outcome.How.GRANTED);
    assertThat(moved.getOutcome().getOwnerPop()).isEqualTo("fra");
    assertThat(moved.getOutcome().getRoundTrips()).isEqualTo(1);
    assertThat(moved.getOutcome().getEpoch()).isEqualTo(2);
    assertThat(moved.getOutcome().getVersion()).isEqualTo(2);
    assertThat(moved.getResults(1).getFields().getFields(0).getValue().toStringUtf8())
        .isEqualTo("tea");

    ExecuteResponse local =
        nodes.client(FRA).execute(nodes.request(moved.getHint(), get("cart")).build());
    assertThat(local.getOutcome().getHow()).isEqualTo(Outcome.How.LOCAL);

    TestNodes.await(
        "the payload is dropped at the old owner",
        () -> inspect(BOS, hint).getState() == InspectResponse.State.FORWARD);
    assertThat(inspect(BOS, hint).getHoldsPayload()).isFalse();
    TestNodes.await(
        "the new owner has it at rest",
        () -> inspect(FRA, moved.getHint()).getState() == InspectResponse.State.OWNED);
    TestNodes.await(
        "nothing is owed any more",
        () -> {
          var backlog = nodes.node(FRA).status().shards().backlog();
          return backlog.confirmsOwed() == 0 && backlog.announcesOwed() == 0;
        });
    assertThat(nodes.node(BOS).status().shards().backlog().grantsUnconfirmed()).isZero();
  }

  @Test
  void shouldFindASessionThatMovedByAnOldHint() {
    String first =
        nodes.client(BOS).execute(nodes.request("", put("cart", "tea")).build()).getHint();
    nodes.client(FRA).execute(nodes.request(first, increment("n")).build());
    ExecuteResponse back = nodes.client(BOS).execute(nodes.request(first, increment("n")).build());
    assertThat(back.getResults(0).getNumber()).isEqualTo(2);
    assertThat(back.getOutcome().getHow()).isNotEqualTo(Outcome.How.LOCAL);
  }

  @Test
  void shouldTellABirthPopThatLostItsDiskWhereItsSessionsAre() throws Exception {
    String first =
        nodes.client(BOS).execute(nodes.request("", put("cart", "tea")).build()).getHint();
    String moved =
        nodes.client(FRA).execute(nodes.request(first, increment("n")).build()).getHint();
    TestNodes.await(
        "the birth POP has acknowledged",
        () ->
            nodes.node(FRA).status().shards().backlog().announcesOwed() == 0
                && inspect(FRA, moved).getState() == InspectResponse.State.OWNED);

    nodes.node(BOS).close();
    MoreFiles.deleteRecursively(nodes.dataDirectory(BOS), RecursiveDeleteOption.ALLOW_INSECURE);
    nodes.start(BOS);

    TestNodes.await(
        "the birth POP knows the owner again",
        () -> inspect(BOS, first).getOwnerPop().equals("fra"));
    ExecuteResponse found = nodes.client(BOS).execute(nodes.request(first, get("cart")).build());
    assertThat(found.getResults(0).getFields().getFields(0).getValue().toStringUtf8())
        .isEqualTo("tea");
  }

  @Test
  void shouldNotMakeASessionASecondTimeOnTheDiskThatComesAfterALostOne() throws Exception {
    ExecuteRequest creation = nodes.request("", put("cart", "tea")).build();
    String first = nodes.client(BOS).execute(creation).getHint();
    nodes.client(FRA).execute(nodes.request(first, increment("n")).build());

    nodes.node(BOS).close();
    MoreFiles.deleteRecursively(nodes.dataDirectory(BOS), RecursiveDeleteOption.ALLOW_INSECURE);
    nodes.start(BOS);
    ExecuteResponse again = nodes.client(BOS).execute(creation);

    assertThat(again.getOutcome().getSessionCreated()).isTrue();
    assertThat(inspect(BOS, first).getState()).isNotEqualTo(InspectResponse.State.OWNED);
    TestNodes.await(
        "the birth POP knows the owner again",
        () -> inspect(BOS, first).getOwnerPop().equals("fra"));
    ExecuteResponse found = nodes.client(BOS).execute(nodes.request(first, get("n")).build());
    assertThat(found.getResults(0).getFields().getFieldsCount()).isEqualTo(1);
  }

  private InspectResponse inspect(PopId pop, String hint) {
    return nodes
        .client(pop)
        .inspect(InspectRequest.newBuilder().setNamespace("shop").setHint(hint).build());
  }
}
