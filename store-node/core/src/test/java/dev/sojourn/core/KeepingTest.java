package dev.sojourn.core;

import static dev.sojourn.core.SplitPops.KEY;
import static dev.sojourn.core.SplitPops.custody;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.sojourn.core.event.Event;
import dev.sojourn.core.message.PeerMessage.DropPart;
import dev.sojourn.core.message.PeerMessage.PartDropped;
import dev.sojourn.core.message.PeerMessage.PartRead;
import dev.sojourn.core.message.PeerMessage.PartRefused;
import dev.sojourn.core.message.PeerMessage.PartSwung;
import dev.sojourn.core.message.PeerMessage.PartWritten;
import dev.sojourn.core.message.PeerMessage.ReadPart;
import dev.sojourn.core.message.PeerMessage.WritePart;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Field;
import dev.sojourn.core.state.Custody;
import dev.sojourn.core.state.FieldMark;
import dev.sojourn.core.state.Stamp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a custodian does when its owner reads, writes, swings and drops (rule R23). */
class KeepingTest {
  private final SplitPops pops = SplitPops.split();
  private final LonePop a = pops.a;
  private Stamp first = new Stamp(Say.epoch(1, "a"), 1, 1);

  @BeforeEach
  void learnTheStamp() {
    first = held().current().orElseThrow().stamp();
  }

  @Test
  void shouldSayThatItKeepsAValueOnlyOnceThatIsDurable() {
    write(1, first, later(1), 5);
    assertThat(a.sayings(PartWritten.class)).isEmpty();
    a.sync();
    assertThat(a.said(PartWritten.class).nonce()).isEqualTo(Say.nonce(1));
    assertThat(held().current().orElseThrow().stamp()).isEqualTo(first);
    assertThat(held().beside().orElseThrow().stamp()).isEqualTo(later(1));
  }

  @Test
  void shouldSayAgainThatItKeepsWhatIsRepeated() {
    write(1, first, later(1), 5);
    write(2, first, later(1), 5);
    a.sync();
    assertThat(a.sayings(PartWritten.class)).hasSize(2);
    assertThat(held().values()).hasSize(2);
  }

  @Test
  void shouldReplaceWhatLiesBesideByALaterStampAndRefuseAnEarlierOne() {
    write(1, first, later(2), 5);
    a.sync();
    write(2, first, later(1), 6);
    a.sync();
    assertThat(a.said(PartRefused.class).problem().code()).isEqualTo(ErrorCode.BUSY);
    assertThat(held().beside().orElseThrow().stamp()).isEqualTo(later(2));

    // After a crash an owner counts from 1 again, in its next life.
    Stamp ofNextLife = new Stamp(Say.epoch(2, "a"), 2, 1);
    write(3, first, ofNextLife, 7);
    a.sync();
    assertThat(held().beside().orElseThrow().stamp()).isEqualTo(ofNextLife);
    assertThat(held().current().orElseThrow().stamp()).isEqualTo(first);
  }

  @Test
  void shouldDropTheFormerValueOnItsOwnersWordAlone() {
    write(1, first, later(1), 5);
    a.sync();
    swing(later(2));
    assertThat(held().current().orElseThrow().stamp()).isEqualTo(first);
    swing(later(1));
    assertThat(held().current().orElseThrow().stamp()).isEqualTo(later(1));
    assertThat(held().beside()).isEmpty();
    swing(first);
    assertThat(held().current().orElseThrow().stamp()).isEqualTo(later(1));
  }

  @Test
  void shouldTakeTheBaseOfAWriteForTheOwnersWord() {
    write(1, first, later(1), 5);
    write(2, later(1), later(2), 6);
    a.sync();
    assertThat(held().current().orElseThrow().stamp()).isEqualTo(later(1));
    assertThat(held().beside().orElseThrow().stamp()).isEqualTo(later(2));
    assertThat(held().find(first)).isEmpty();
  }

  @Test
  void shouldShowExactlyTheValueThatIsAskedFor() {
    write(1, first, later(1), 5);
    a.sync();
    read(2, first);
    assertThat(shown()).isEqualTo(ImmutableSortedMap.of("name", SplitPops.field(1)));
    read(3, later(1));
    assertThat(shown()).isEqualTo(ImmutableSortedMap.of("name", SplitPops.field(5)));
  }

  @Test
  void shouldTellAPartThatIsLostFromAnOwnerThatWentBack() {
    read(1, later(9));
    assertThat(a.said(PartRefused.class).problem().code()).isEqualTo(ErrorCode.SESSION_LOST);
    assertThat(a.said(PartRefused.class).problem().pop()).contains(a.id);
    write(2, first, later(1), 5);
    swing(later(1));
    read(3, first);
    assertThat(a.said(PartRefused.class).problem().code()).isEqualTo(ErrorCode.SESSION_ROLLED_BACK);
  }

  @Test
  void shouldRemoveAFieldByItsMark() {
    a.receive(
        "b",
        KEY,
        new WritePart(
            Say.nonce(1),
            first,
            later(1),
            ImmutableSortedMap.of("card", SplitPops.field(8)),
            ImmutableSortedSet.of(FieldMark.of(SplitPops.SESSION, "name"))));
    a.sync();
    assertThat(held().beside().orElseThrow().fields().keySet()).containsExactly("card");
  }

  @Test
  void shouldDropAPartOfThatEpochOrAnEarlierOneAndAcknowledgeInAnyCase() {
    write(1, first, later(1), 5);
    a.receive("b", KEY, new DropPart(Say.epoch(1, "a")));
    a.sync();
    assertThat(a.said(PartDropped.class).epoch()).isEqualTo(Say.epoch(1, "a"));
    assertThat(custody(a)).isPresent();
    a.receive("b", KEY, new DropPart(Say.epoch(9, "b")));
    assertThat(a.sayings(PartDropped.class)).hasSize(1);
    a.sync();
    assertThat(a.sayings(PartDropped.class)).hasSize(2);
    assertThat(custody(a)).isEmpty();
  }

  @Test
  void shouldKeepItUntilTheSessionCannotLiveLonger() {
    a.pass(held().expiresAtMillis() - a.now - 1);
    a.handle(new Event.RecordDue(KEY));
    a.sync();
    assertThat(custody(a)).isPresent();
    a.pass(1);
    a.handle(new Event.RecordDue(KEY));
    a.sync();
    assertThat(custody(a)).isEmpty();
  }

  private Custody held() {
    return custody(a).orElseThrow();
  }

  private Stamp later(long count) {
    return new Stamp(Say.epoch(2, "a"), 1, count);
  }

  private void write(long nonce, Stamp base, Stamp stamp, long name) {
    a.receive(
        "b",
        KEY,
        new WritePart(
            Say.nonce(nonce),
            base,
            stamp,
            ImmutableSortedMap.of("name", SplitPops.field(name)),
            ImmutableSortedSet.of()));
  }

  private void swing(Stamp stamp) {
    a.receive("b", KEY, new PartSwung(stamp));
    a.sync();
  }

  private void read(long nonce, Stamp stamp) {
    a.receive("b", KEY, new ReadPart(Say.nonce(nonce), stamp, ImmutableSortedSet.of(), false));
    a.sync();
  }

  private ImmutableSortedMap<String, Field> shown() {
    return a.said(PartRead.class).fields();
  }
}
