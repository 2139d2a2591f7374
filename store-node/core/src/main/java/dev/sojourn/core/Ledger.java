package dev.sojourn.core;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.sojourn.core.effect.Effect;
import dev.sojourn.core.effect.LedgerEntry;
import dev.sojourn.core.effect.LedgerEntry.Act;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.core.request.OperationResult;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.Problem;
import dev.sojourn.core.state.Custody;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.core.state.SessionState.Declined;
import dev.sojourn.core.state.SessionState.Granted;
import dev.sojourn.policy.ClassSet;
import dev.sojourn.policy.DataClass;
import dev.sojourn.policy.Decision;
import dev.sojourn.policy.NamespacePolicy;
import dev.sojourn.policy.RuleId;
import dev.sojourn.value.Country;
import dev.sojourn.value.PopId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What the POP's ledger is to hold of one turn ({@code docs/audit.md}). Where data rest is told
 * from the records themselves, as they are written, and what is shown or refused from what is said:
 * no step of the protocol can forget to say it. Without a policy nothing is noted.
 */
final class Ledger {
  private final PopId self;
  private final Optional<PolicyInForce> policy;
  private final long nowMillis;
  private final List<LedgerEntry> entries = new ArrayList<>();

  Ledger(PopId self, Optional<PolicyInForce> policy, long nowMillis) {
    this.self = self;
    this.policy = policy;
    this.nowMillis = nowMillis;
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  ImmutableList<LedgerEntry> entries() {
    return ImmutableList.copyOf(entries);
  }

  /**
   * Notes where the session has come to rest, gone, or ceased to rest.
   *
   * @param before its state as it was written last
   */
  void wrote(Slot slot, SessionState before) {
    SessionState after = slot.state();
    Optional<SessionData> rested = before.payload();
    Optional<SessionData> rests = after.payload();
    if (policy.isEmpty()) {
      return;
    }
    if (rested.isEmpty() && rests.isPresent()) {
      PopId whence = slot.granter.orElse(self);
      Act act = slot.granter.isPresent() ? Act.TAKEN : Act.CREATED;
      add(slot, act, whence, self, present(rests.get()));
    }
    if (after instanceof Granted granted && !(before instanceof Granted)) {
      add(slot, Act.MOVED, self, granted.grantee(), present(granted.data()));
    } else if (after instanceof Declined declined && !(before instanceof Declined)) {
      note(slot, Act.DECLINED, declined.granter(), self, Told.NOTHING);
    } else if (rested.isPresent() && rests.isEmpty()) {
      add(slot, Act.ERASED, self, self, present(rested.get()));
    }
  }

  /** Notes that a part of the session has ceased to rest here, where it was kept for its owner. */
  void dropped(Slot slot, Custody custody) {
    if (policy.isPresent() && !custody.isErased()) {
      NamespacePolicy rules = policy.get().rules().of(custody.key().namespace());
      ClassSet classes = FieldClasses.kept(rules, custody);
      note(slot, Act.ERASED, self, self, told(rules, custody.residency(), classes, self));
    }
  }

  /**
   * Notes what an answer shows, leaves out or refuses.
   *
   * @return whether there is a new entry, for which it must wait
   */
  boolean said(Slot slot, Effect effect) {
    if (policy.isEmpty()) {
      return false;
    }
    if (effect instanceof Effect.Answer answer) {
      return answered(slot, answer.reply().outcome());
    }
    return effect instanceof Effect.Send send && sent(slot, send.to(), send.message());
  }

  private boolean answered(Slot slot, Outcome outcome) {
    if (outcome instanceof Outcome.Failure failure) {
      return refused(slot, failure.problem());
    }
    return outcome instanceof Outcome.Success success && redacted(slot, success, self);
  }

  private boolean sent(Slot slot, PopId to, PeerMessage message) {
    if (message instanceof PeerMessage.Executed executed) {
      boolean isServed = served(slot, executed.success(), executed.asker());
      return redacted(slot, executed.success(), executed.asker()) || isServed;
    } else if (message instanceof PeerMessage.Refused refused) {
      return refused(slot, refused.problem());
    }
    return message instanceof PeerMessage.Granted granted
        && granted.answered().map(success -> redacted(slot, success, to)).orElse(false);
  }

  private boolean refused(Slot slot, Problem problem) {
    problem
        .denial()
        .ifPresent(
            denial -> {
              Told told = new Told(denial.classes(), denial.rules());
              note(slot, Act.REFUSED, self, denial.pop(), told);
            });
    return problem.denial().isPresent();
  }

  private boolean served(Slot slot, Outcome.Success success, PopId asker) {
    Optional<SessionData> data = slot.state().payload();
    if (data.isEmpty()) {
      return false;
    }
    NamespacePolicy rules = rules(data.get());
    ClassSet shown = ClassSet.NONE;
    for (OperationResult result : success.results()) {
      if (result instanceof OperationResult.FieldsRead read) {
        shown = shown.plus(FieldClasses.ofFields(rules, read.fields()));
      }
    }
    return noteNews(slot, Act.SERVED, asker, told(data.get(), shown, asker));
  }

  private boolean redacted(Slot slot, Outcome.Success success, PopId asker) {
    Optional<SessionData> data = slot.state().payload();
    if (data.isEmpty() || !success.flags().redacted()) {
      return false;
    }
    ClassSet present =
        present(data.get()).plus(FieldClasses.leftBehind(rules(data.get()), data.get()));
    ClassSet seen = rules(data.get()).accessible(data.get().residency(), present, asker);
    return noteNews(slot, Act.REDACTED, asker, told(data.get(), present.minus(seen), asker));
  }

  /** What stays the same while the session is in memory is noted once. */
  private boolean noteNews(Slot slot, Act act, PopId to, Told told) {
    boolean isNews = slot.noted.add(entry(slot, act, self, to, told).at(0));
    if (isNews) {
      note(slot, act, self, to, told);
    }
    return isNews;
  }

  /** Of a session that rests somewhere: the rules that decide there. */
  private void add(Slot slot, Act act, PopId from, PopId to, ClassSet classes) {
    SessionData data =
        slot.state().payload().or(() -> slot.before.flatMap(SessionState::payload)).orElseThrow();
    note(slot, act, from, to, told(data, classes, to));
  }

  private void note(Slot slot, Act act, PopId from, PopId to, Told told) {
    entries.add(entry(slot, act, from, to, told));
  }

  private LedgerEntry entry(Slot slot, Act act, PopId from, PopId to, Told told) {
    return new LedgerEntry(
        nowMillis,
        act,
        slot.key,
        from,
        to,
        told.classes(),
        told.rules(),
        policy.orElseThrow().rules().version());
  }

  private record Told(ImmutableList<String> classes, ImmutableList<RuleId> rules) {
    static final Told NOTHING = new Told(ImmutableList.of(), ImmutableList.of());
  }

  private Told told(SessionData data, ClassSet classes, PopId pop) {
    return told(rules(data), data.residency(), classes, pop);
  }

  private static Told told(NamespacePolicy rules, Country residency, ClassSet classes, PopId pop) {
    TreeSet<String> names = new TreeSet<>();
    ImmutableSortedSet.Builder<RuleId> deciding = ImmutableSortedSet.naturalOrder();
    for (DataClass each : rules.members(classes)) {
      Decision decision = rules.decide(residency, each, pop);
      names.add(each.name());
      deciding.addAll(decision.deciding()).addAll(decision.erring());
    }
    return new Told(ImmutableList.copyOf(names), deciding.build().asList());
  }

  private ClassSet present(SessionData data) {
    return FieldClasses.present(rules(data), data);
  }

  private NamespacePolicy rules(SessionData data) {
    return policy.orElseThrow().rules().of(data.key().namespace());
  }
}
