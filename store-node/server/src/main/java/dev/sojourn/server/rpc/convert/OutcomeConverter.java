package dev.sojourn.server.rpc.convert;

import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.Problem;
import dev.sojourn.hint.Hint;
import dev.sojourn.v1.PeerEnvelope;
import dev.sojourn.value.Epoch;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What came of a request, from the POP that ran or refused it to the one that is asked for it. */
final class OutcomeConverter {
  static final int DETAIL_CHARACTERS_MAX = 500;

  private OutcomeConverter() {}

  static PeerEnvelope.Success toProto(Outcome.Success success) {
    PeerEnvelope.Success.Builder wire =
        PeerEnvelope.Success.newBuilder()
            .addAllResults(ResultConverter.toProto(success.results()))
            .setVersion(success.version())
            .setReplayed(success.flags().replayed())
            .setSuperseded(success.flags().superseded())
            .setCreated(success.flags().created())
            .setEnded(success.flags().ended())
            .setVersionsMissing(success.flags().versionsMissing())
            .setRedacted(success.flags().redacted());
    success.hint().map(HintConverter::toProto).ifPresent(wire::setHint);
    success.epoch().map(EpochConverter::toProto).ifPresent(wire::setEpoch);
    return wire.build();
  }

  static Outcome.Success fromProto(PeerEnvelope.Success wire) throws WireException {
    Optional<Hint> hint =
        wire.hasHint() ? Optional.of(HintConverter.fromProto(wire.getHint())) : Optional.empty();
    Optional<Epoch> epoch =
        wire.hasEpoch()
            ? Optional.of(EpochConverter.fromProto(true, wire.getEpoch()))
            : Optional.empty();
    return new Outcome.Success(
        ResultConverter.fromProto(wire.getResultsList()),
        hint,
        WireValues.count(wire.getVersion(), "a version"),
        epoch,
        new Outcome.Flags(
            wire.getReplayed(),
            wire.getSuperseded(),
            wire.getCreated(),
            wire.getEnded(),
            WireValues.count(wire.getVersionsMissing(), "a number of missing versions"),
            wire.getRedacted()));
  }

  static PeerEnvelope.Problem toProto(Problem problem) {
    String detail = problem.detail();
    PeerEnvelope.Problem.Builder wire =
        PeerEnvelope.Problem.newBuilder()
            .setCode(ErrorTable.toProto(problem.code()))
            .setDetail(detail.substring(0, Math.min(detail.length(), DETAIL_CHARACTERS_MAX)))
            .setPop(WireValues.toProto(problem.pop()))
            .setVersionsMissing(problem.versionsMissing());
    problem.operation().ifPresent(wire::setOperation);
    problem.currentVersion().ifPresent(wire::setCurrentVersion);
    problem.hint().map(HintConverter::toProto).ifPresent(wire::setHint);
    return wire.build();
  }

  static Problem fromProto(PeerEnvelope.Problem wire) throws WireException.Malformed {
    if (wire.getDetail().length() > DETAIL_CHARACTERS_MAX) {
      throw new WireException.Malformed(
          "a detail has at most " + DETAIL_CHARACTERS_MAX + " characters");
    }
    if (wire.getOperation() < 0) {
      throw new WireException.Malformed("an operation's index must be below 2^31");
    }
    return new Problem(
        ErrorTable.fromProto(wire.getCode()),
        wire.getDetail(),
        WireValues.popIfAny(wire.getPop(), "a problem's POP"),
        wire.hasOperation() ? OptionalInt.of(wire.getOperation()) : OptionalInt.empty(),
        wire.hasCurrentVersion()
            ? OptionalLong.of(WireValues.count(wire.getCurrentVersion(), "a current version"))
            : OptionalLong.empty(),
        wire.hasHint() ? Optional.of(HintConverter.fromProto(wire.getHint())) : Optional.empty(),
        WireValues.count(wire.getVersionsMissing(), "a number of missing versions"));
  }
}
