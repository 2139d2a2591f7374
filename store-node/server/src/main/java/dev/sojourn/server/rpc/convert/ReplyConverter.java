package dev.sojourn.server.rpc.convert;

import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.Reply;
import dev.sojourn.v1.ExecuteResponse;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.PopId;

/** A successful reply as a client sees it. */
public final class ReplyConverter {
  private ReplyConverter() {}

  /**
   * @param success the outcome of {@code reply}; a failure goes through {@link ErrorConverter}
   * @param self the POP that was called
   */
  public static ExecuteResponse toProto(
      Reply reply, Outcome.Success success, PopId self, HintSeal seal) {
    dev.sojourn.v1.Outcome.Builder outcome =
        dev.sojourn.v1.Outcome.newBuilder()
            .setHow(how(reply.how()))
            .setServingPop(self.name())
            .setOwnerPop(WireValues.toProto(reply.owner()))
            .setEpoch(success.epoch().map(Epoch::number).orElse(0L))
            .setVersion(success.version())
            .setRoundTrips((reply.halfRoundTrips() + 1) / 2)
            .setReplayed(success.flags().replayed())
            .setSuperseded(success.flags().superseded())
            .setSessionCreated(success.flags().created())
            .setSessionEnded(success.flags().ended())
            .setVersionsMissing(success.flags().versionsMissing())
            .setRedacted(success.flags().redacted());
    ExecuteResponse.Builder response =
        ExecuteResponse.newBuilder()
            .addAllResults(ResultConverter.toProto(success.results()))
            .setOutcome(outcome);
    success
        .hint()
        .map(seal::seal)
        .ifPresent(
            made -> response.setHint(made.text()).setHintMaxAgeSeconds(made.maxAgeSeconds()));
    return response.build();
  }

  private static dev.sojourn.v1.Outcome.How how(Reply.How how) {
    return switch (how) {
      case LOCAL -> dev.sojourn.v1.Outcome.How.LOCAL;
      case GRANTED -> dev.sojourn.v1.Outcome.How.GRANTED;
      case EXECUTED -> dev.sojourn.v1.Outcome.How.EXECUTED_REMOTELY;
    };
  }
}
