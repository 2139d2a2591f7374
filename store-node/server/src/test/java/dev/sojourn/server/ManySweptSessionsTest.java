package dev.sojourn.server;

import static dev.sojourn.server.TestNodes.BOS;
import static dev.sojourn.server.TestNodes.FRA;
import static dev.sojourn.server.TestNodes.put;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import dev.sojourn.server.shell.ResidencySweep;
import dev.sojourn.server.shell.ResidencySweep.Stage;
import dev.sojourn.v1.Create;
import dev.sojourn.v1.ExecuteResponse;
import dev.sojourn.v1.SessionServiceGrpc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More sessions must leave a real node than it is told of in one pass over its store. */
class ManySweptSessionsTest {
  private static final int SESSIONS = ResidencySweep.Pace.STANDARD.toldMax() + 400;
  private static final int AT_ONCE = 400;
  private static final String AT_HOME =
      """
      version: strict
      namespaces:
        shop:
          grace: 1h
          rules:
            - {id: at-home, why: a duty, store: home, else: deny}
      """;

  @Test
  void shouldAllBeMovedAndNoneErased(@TempDir Path directory) throws Exception {
    Path policy = Files.writeString(directory.resolve("policy.yaml"), DrawnPolicy.OPEN);
    try (TestNodes nodes = new TestNodes(directory, BOS, FRA)) {
      nodes.obey(policy, FRA, "DE", 8.6);
      nodes.start(BOS);
      nodes.start(FRA);
      TestNodes.await("they have met", () -> nodes.node(FRA).status().peers().links() == 1);
      List<String> hints = create(nodes);

      Files.writeString(policy, AT_HOME);
      TestNodes.await("fra is swept", () -> report(nodes).stage() == Stage.DONE);

      assertThat(report(nodes).policy()).isEqualTo("strict");
      assertThat(report(nodes).found()).isEqualTo(SESSIONS);
      assertThat(report(nodes).moved()).isEqualTo(SESSIONS);
      assertThat(nodes.read(BOS, hints.get(0), "cart")).isEqualTo("tea");
      assertThat(nodes.read(BOS, hints.get(SESSIONS - 1), "cart")).isEqualTo("tea");
    }
  }

  private static ResidencySweep.Report report(TestNodes nodes) {
    ResidencySweep.Report report = nodes.node(FRA).status().sweep();
    return report.policy().equals("open") ? ResidencySweep.Report.NONE : report;
  }

  private static List<String> create(TestNodes nodes) throws Exception {
    SessionServiceGrpc.SessionServiceFutureStub client =
        SessionServiceGrpc.newFutureStub(nodes.channel(FRA));
    List<String> hints = new ArrayList<>();
    while (hints.size() < SESSIONS) {
      List<ListenableFuture<ExecuteResponse>> made = new ArrayList<>();
      for (int i = 0; i < AT_ONCE && hints.size() + made.size() < SESSIONS; i++) {
        made.add(
            client.execute(
                nodes
                    .request("", put("cart", "tea"))
                    .setCreate(Create.newBuilder().setResidencyCountry("US"))
                    .build()));
      }
      for (ListenableFuture<ExecuteResponse> each : made) {
        hints.add(each.get(60, TimeUnit.SECONDS).getHint());
      }
    }
    return hints;
  }
}
