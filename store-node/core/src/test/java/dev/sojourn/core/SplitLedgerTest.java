package dev.sojourn.core;

import static dev.sojourn.core.SplitPops.get;
import static dev.sojourn.core.SplitPops.put;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.message.PeerMessage.PartRead;
import dev.sojourn.core.message.PeerMessage.PartWritten;
import dev.sojourn.core.request.Operation;
import org.junit.jupiter.api.Test;

/** What a custodian's ledger says of the part that it keeps. */
class SplitLedgerTest {
  private final SplitPops pops = SplitPops.split();

  @Test
  void shouldSayThatThePartStaysWhenTheSessionGoes() {
    assertThat(told(pops.a))
        .containsExactly(
            "created a a [cart, identity]",
            "moved a b [cart]",
            "kept a a [identity]",
            "erased a a [cart]");
    assertThat(told(pops.b)).containsExactly("taken a b [cart]");
  }

  @Test
  void shouldNoteAClassThatFirstComesToRestInAWriteToThePart() {
    int before = pops.a.ledger.size();
    pops.send(pops.b, put("card", 5));
    pops.deliver(pops.b);
    pops.a.sync();
    pops.deliver(pops.a);
    pops.deliver(pops.b);
    assertThat(pops.a.sayings(PartWritten.class)).isEmpty();
    pops.a.sync();

    assertThat(told(pops.a).subList(before, pops.a.ledger.size())).contains("kept a a [payment]");
    pops.carry();
    pops.ok(pops.b, put("card", 6));
    assertThat(told(pops.a)).containsOnlyOnce("kept a a [payment]");
    assertThat(told(pops.b)).doesNotContain("kept b b [payment]");
  }

  @Test
  void shouldNoteOnceThatItsOwnerWasShownThePart() {
    pops.send(pops.b, get("name"));
    pops.deliver(pops.b);
    assertThat(pops.a.sayings(PartRead.class)).isEmpty();
    pops.carry();
    pops.ok(pops.b, get("name"));
    assertThat(told(pops.a)).containsOnlyOnce("served a b [identity]");
  }

  @Test
  void shouldNoteTheEndOfThePart() {
    pops.ok(pops.b, put("card", 5));
    pops.ok(pops.b, new Operation.Destroy());
    assertThat(told(pops.a)).endsWith("dropped a a [identity, payment]");
  }

  @Test
  void shouldNoteThatThePartIsNoPartAnyMoreWhenTheSessionComesHome() {
    pops.ok(pops.a, get("name"));
    assertThat(told(pops.a)).endsWith("taken b a [cart, identity]", "dropped a a [identity]");
  }

  private static ImmutableList<String> told(LonePop pop) {
    return pop.ledger.stream()
        .map(each -> each.act().word() + " " + each.from() + " " + each.to() + " " + each.classes())
        .collect(ImmutableList.toImmutableList());
  }
}
