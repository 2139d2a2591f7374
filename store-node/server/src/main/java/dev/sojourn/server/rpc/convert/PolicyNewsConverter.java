package dev.sojourn.server.rpc.convert;

import dev.sojourn.core.link.PolicyMark;
import dev.sojourn.core.link.PolicyNews;
import dev.sojourn.v1.PeerEnvelope;
import dev.sojourn.value.Bytes;
import java.util.Optional;

/** What POPs tell each other of signed policies, to and from the wire. */
public final class PolicyNewsConverter {
  private PolicyNewsConverter() {}

  public static PeerEnvelope.Builder toProto(PolicyNews news) {
    PeerEnvelope.Builder envelope = PeerEnvelope.newBuilder();
    if (news instanceof PolicyNews.Held held) {
      PeerEnvelope.PolicyHeld.Builder wire = envelope.getPolicyHeldBuilder().setAsks(held.asks());
      mark(held.holding().main()).ifPresent(wire::setMain);
      mark(held.holding().trial()).ifPresent(wire::setTrial);
      held.refused()
          .ifPresent(
              refused -> {
                wire.getRefusedBuilder().setReason(refused.reason());
                mark(refused.mark()).ifPresent(wire.getRefusedBuilder()::setMark);
              });
    } else if (news instanceof PolicyNews.Offered offered) {
      envelope.getPolicyBundleBuilder().setContent(WireValues.toProto(offered.bundle()));
    }
    return envelope;
  }

  /** Whether an envelope is of this kind. */
  public static boolean isNews(PeerEnvelope wire) {
    return wire.hasPolicyHeld() || wire.hasPolicyBundle();
  }

  /**
   * @throws WireException.Malformed if it breaks a rule of the wire
   */
  public static PolicyNews fromProto(PeerEnvelope wire) throws WireException.Malformed {
    if (wire.hasPolicyBundle()) {
      return new PolicyNews.Offered(Bytes.wrap(wire.getPolicyBundle().getContent().toByteArray()));
    }
    PeerEnvelope.PolicyHeld held = wire.getPolicyHeld();
    Optional<PolicyNews.Refused> refused = Optional.empty();
    if (held.hasRefused()) {
      String reason = held.getRefused().getReason();
      if (reason.length() > PolicyNews.REASON_MAX) {
        throw new WireException.Malformed("the reason of a refusal is too long");
      }
      PeerEnvelope.PolicyRefusal told = held.getRefused();
      refused = Optional.of(new PolicyNews.Refused(mark(told.hasMark(), told.getMark()), reason));
    }
    PolicyNews.Holding holding =
        new PolicyNews.Holding(
            mark(held.hasMain(), held.getMain()), mark(held.hasTrial(), held.getTrial()));
    return new PolicyNews.Held(holding, held.getAsks(), refused);
  }

  private static Optional<PeerEnvelope.PolicyMark> mark(PolicyMark mark) {
    return mark.equals(PolicyMark.NONE)
        ? Optional.empty()
        : Optional.of(
            PeerEnvelope.PolicyMark.newBuilder()
                .setVersion(mark.version())
                .setDigest(WireValues.toProto(mark.digest()))
                .build());
  }

  private static PolicyMark mark(boolean isThere, PeerEnvelope.PolicyMark wire)
      throws WireException.Malformed {
    return isThere
        ? new PolicyMark(
            WireValues.positive(wire.getVersion(), "a policy's version"),
            WireValues.bytes(wire.getDigest(), PolicyMark.DIGEST_LENGTH, "a policy's digest"))
        : PolicyMark.NONE;
  }
}
