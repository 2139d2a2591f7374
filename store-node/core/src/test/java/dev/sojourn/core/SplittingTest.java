package dev.sojourn.core;

import static dev.sojourn.core.SplitPops.KEY;
import static dev.sojourn.core.SplitPops.custody;
import static dev.sojourn.core.SplitPops.data;
import static dev.sojourn.core.SplitPops.get;
import static dev.sojourn.core.SplitPops.kept;
import static dev.sojourn.core.SplitPops.pointer;
import static dev.sojourn.core.SplitPops.put;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.sojourn.core.event.Event;
import dev.sojourn.core.message.PeerMessage.DropPart;
import dev.sojourn.core.message.PeerMessage.Executed;
import dev.sojourn.core.message.PeerMessage.Granted;
import dev.sojourn.core.message.PeerMessage.Role;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.OperationResult;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.state.SessionState;
import org.junit.jupiter.api.Test;

/** A session that is split on its way, visited, and made whole again (rule R23). */
class SplittingTest {
  @Test
  void shouldLeaveAPartBehindInTheWriteThatGrants() {
    SplitPops pops = new SplitPops();
    pops.make(put("name", 1), put("cart", 2));
    long revision = pops.a.record(KEY).revision();

    pops.send(pops.b, Say.read());
    pops.deliver(pops.b);
    assertThat(pops.a.sayings(Granted.class)).as("said before it is durable").isEmpty();
    assertThat(custody(pops.a)).isEmpty();
    pops.a.sync();

    assertThat(pops.a.record(KEY).revision()).isEqualTo(revision + 1);
    assertThat(pops.a.record(KEY).state()).isInstanceOf(SessionState.Granted.class);
    assertThat(kept(pops.a)).containsExactly("name");
    Granted granted = pops.a.said(Granted.class);
    assertThat(granted.data().fields().keySet()).containsExactly("cart");
    assertThat(granted.data().leftBehind().orElseThrow().custodian()).isEqualTo(pops.a.id);
    assertThat(granted.data().leftBehind().orElseThrow().stamp())
        .isEqualTo(custody(pops.a).orElseThrow().current().orElseThrow().stamp());
  }

  @Test
  void shouldNotSplitToAPopThatHoldsNoPointer() {
    SplitPops pops = new SplitPops();
    pops.make(put("name", 1), put("cart", 2));

    // Say.acquire speaks for a POP of the first record format.
    pops.a.receive(
        "b",
        KEY,
        Say.acquire(
            "b", 5, Role.OWNER, Say.epoch(1, "a"), Say.request(5, pops.hint(), Say.read())));
    pops.a.sync();

    assertThat(pops.a.sayings(Granted.class)).isEmpty();
    assertThat(pops.a.sayings(Executed.class)).hasSize(1);
    assertThat(custody(pops.a)).isEmpty();
  }

  @Test
  void shouldKeepAtTheOwnerNothingOfWhatItWritesToThePart() {
    SplitPops pops = SplitPops.split();

    pops.ok(pops.b, put("name", 4_711), put("cart", 3));

    assertThat(data(pops.b).fields().keySet()).containsExactly("cart");
    assertThat(custody(pops.a).orElseThrow().current().orElseThrow().fields())
        .isEqualTo(ImmutableSortedMap.of("name", SplitPops.field(4_711)));
    assertThat(pointer(pops.b).stamp())
        .isEqualTo(custody(pops.a).orElseThrow().current().orElseThrow().stamp());
    Outcome.Success read = pops.ok(pops.b, get("name", "cart"));
    assertThat(read.results().get(0))
        .isEqualTo(
            new OperationResult.FieldsRead(
                ImmutableSortedMap.of("cart", SplitPops.field(3), "name", SplitPops.field(4_711))));
  }

  @Test
  void shouldRememberThatAVisitWasAppliedAndNotWhatItShowed() {
    SplitPops pops = SplitPops.split();

    pops.ok(pops.b, put("cart", 3), get("name"));

    var entries = data(pops.b).window().entries();
    assertThat(entries.get(entries.size() - 1).results())
        .containsExactly(new OperationResult.Withheld(), new OperationResult.Withheld());
  }

  @Test
  void shouldBeWholeAgainInTheWriteThatTakesItHome() {
    SplitPops pops = SplitPops.split();
    pops.ok(pops.b, put("name", 4), put("cart", 5));
    long revision = pops.a.record(KEY).revision();

    pops.send(pops.a, get("name", "cart"));
    pops.a.sync();
    pops.deliver(pops.a);
    pops.b.sync();
    pops.deliver(pops.b);
    pops.a.sync();

    assertThat(pops.a.record(KEY).revision()).isEqualTo(revision + 1);
    assertThat(data(pops.a).leftBehind()).isEmpty();
    assertThat(data(pops.a).fields().keySet()).containsExactly("cart", "name");
    assertThat(data(pops.a).fields().get("name")).isEqualTo(SplitPops.field(4));
    assertThat(custody(pops.a)).isEmpty();
  }

  @Test
  void shouldJoinElsewhereWhereAllOfItMayRestAndOweTheCustodianAWord() {
    SplitPops pops = SplitPops.split();
    pops.ok(pops.c, get("cart"));
    assertThat(pointer(pops.c).custodian()).isEqualTo(pops.a.id);

    pops.ok(pops.c, get("name"));

    assertThat(data(pops.c).leftBehind()).isEmpty();
    assertThat(data(pops.c).fields().keySet()).containsExactly("cart", "name");
    assertThat(custody(pops.a)).isEmpty();
    assertThat(pops.c.record(KEY).drops()).as("acknowledged").isEmpty();
  }

  @Test
  void shouldOweTheCustodianTheEndUntilItIsAcknowledged() {
    SplitPops pops = SplitPops.split();
    pops.send(pops.b, new Operation.Destroy());
    pops.b.sync();
    assertThat(pops.b.sayings(DropPart.class)).hasSize(1);
    pops.lose(pops.b);

    pops.b.pass(120_000);
    assertThat(pops.b.isDue(KEY)).isTrue();
    pops.b.handle(new Event.RecordDue(KEY));
    assertThat(pops.b.sayings(DropPart.class)).as("said again").hasSize(2);
    assertThat(custody(pops.a)).isPresent();
    pops.carry();

    assertThat(custody(pops.a)).isEmpty();
    assertThat(pops.b.record(KEY).drops()).isEmpty();
  }

  @Test
  void shouldTellWhatIsBehindByMarksAlone() {
    SplitPops pops = SplitPops.split();

    assertThat(pointer(pops.b).classes()).isEqualTo(ImmutableSet.of("identity"));
    assertThat(pointer(pops.b).marks()).hasSize(1);
    assertThat(pointer(pops.b).toString()).contains("identity").doesNotContain("name");
  }
}
