package dev.sojourn.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.sojourn.core.effect.LedgerEntry;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.core.message.PeerMessage.Role;
import dev.sojourn.core.move.MoveStrategy;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Field;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.OperationResult;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.KeyHash;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the core wants its POP's ledger to hold, and that nothing is said before it does. */
class LedgerTest {
  private static final KeyHash KEY = Say.key(1);
  private static final Epoch FIRST = Say.epoch(1, "a");
  private static final Epoch SECOND = Say.epoch(2, "a");
  private static final String POLICY =
      """
      version: 7
      classes:
        identity: {sensitive: true, fields: [name]}
        cart: {fields: [cart]}
      namespaces:
        shop:
          rules:
            - {id: who, why: w, when: {class: identity}, store: ["pop:a", "pop:b"], else: remote}
            - {id: what, why: w, store: anywhere}
      """;

  private final LonePop a = pop("a");
  private final LonePop b = pop("b");

  @Test
  void shouldNoteThatASessionWasMadeInTheCommitThatMakesIt() {
    long token = a.client(KEY, Say.creation(1, "a", 1, Say.put("name"), Say.put("cart")));
    assertThat(a.replies).isEmpty();
    a.sync();
    assertThat(a.outcome(token)).isInstanceOf(Outcome.Success.class);
    assertThat(told(a)).containsExactly("created a a [cart, identity] [what, who] 7");
  }

  @Test
  void shouldNoteBothEndsOfAMoveAndTheEndOfTheCopyThatIsLeft() {
    create(Say.put("name"));
    PeerMessage.Acquire ask = ask("b", 5, Say.read());
    a.receive("b", KEY, ask);
    assertThat(a.sent).isEmpty();
    a.sync();
    PeerMessage.Granted granted = a.said(PeerMessage.Granted.class);
    assertThat(told(a)).endsWith("moved a b [identity] [who] 7");

    b.connect("a");
    b.client(KEY, Say.request(2, Say.hint("a", 1, "a", FIRST, Optional.empty()), Say.read()));
    PeerMessage.Acquire own = b.said(PeerMessage.Acquire.class);
    b.receive(
        "a",
        KEY,
        new PeerMessage.Granted(
            own.nonce(), granted.epoch(), granted.data(), granted.digest(), granted.answered()));
    b.sync();
    assertThat(told(b)).containsExactly("taken a b [identity] [who] 7");

    a.receive("b", KEY, b.said(PeerMessage.Confirm.class));
    a.sync();
    assertThat(told(a)).endsWith("erased a a [identity] [who] 7");
    assertThat(a.ledger).hasSize(3);
  }

  @Test
  void shouldRefuseOnlyOnceTheRefusalIsInTheLedger() {
    create(Say.put("name"));
    a.receive("c", KEY, ask("c", 5, new Operation.Get(ImmutableList.of("name"))));
    assertThat(a.sayings(PeerMessage.Refused.class)).isEmpty();
    a.sync();
    assertThat(a.said(PeerMessage.Refused.class).problem().code()).isEqualTo(ErrorCode.DENIED);
    assertThat(told(a)).endsWith("refused a c [identity] [who] 7").hasSize(2);
    a.receive("c", KEY, ask("c", 6, new Operation.Get(ImmutableList.of("name"))));
    a.sync();
    assertThat(a.ledger).as("each refusal is an entry").hasSize(3);
  }

  @Test
  void shouldNoteOnceWhatAnotherPopIsShownAndWhatNot() {
    create(Say.put("name"), Say.put("cart"));
    a.receive("c", KEY, ask("c", 5, Say.read()));
    assertThat(a.sayings(PeerMessage.Executed.class)).isEmpty();
    a.sync();
    assertThat(a.said(PeerMessage.Executed.class).success().flags().redacted()).isTrue();
    assertThat(told(a))
        .endsWith("served a c [cart] [what] 7", "redacted a c [identity] [who] 7")
        .hasSize(3);
    a.receive("c", KEY, ask("c", 6, Say.read()));
    a.sync();
    assertThat(a.ledger).hasSize(3);
    assertThat(a.sayings(PeerMessage.Executed.class)).hasSize(2);
  }

  @Test
  void shouldShowNoMoreInTheLastWordsOfASession() {
    create(Say.put("name"), Say.put("cart"));
    a.receive("c", KEY, ask("c", 5, Say.read(), new Operation.Destroy()));
    a.sync();
    Outcome.Success last = a.said(PeerMessage.Executed.class).success();
    assertThat(last.flags().redacted()).isTrue();
    OperationResult.FieldsRead read = (OperationResult.FieldsRead) last.results().get(0);
    assertThat(read.fields()).containsOnlyKeys("cart");
    assertThat(told(a)).contains("served a c [cart] [what] 7", "redacted a c [identity] [who] 7");
  }

  @Test
  void shouldNotShowWhatAFieldWasBeforeTheRequestGaveItAnotherClass() {
    create(put(2_000, "identity"));
    a.receive("c", KEY, ask("c", 5, Say.read(), put(1, "cart")));
    a.sync();
    Outcome.Success shown = a.said(PeerMessage.Granted.class).answered().orElseThrow();
    OperationResult.FieldsRead read = (OperationResult.FieldsRead) shown.results().get(0);
    assertThat(read.fields()).isEmpty();
    assertThat(shown.flags().redacted()).isTrue();
  }

  private static Operation put(int bytes, String label) {
    return new Operation.Put(
        "x", new Field(Bytes.wrap(new byte[bytes]), "application/octet-stream", label));
  }

  @Test
  void shouldNoteThatASessionWasHandedBack() {
    LonePop c = pop("c");
    c.connect("a");
    c.client(KEY, Say.request(2, Say.hint("a", 1, "a", FIRST, Optional.empty()), Say.read()));
    create(Say.put("name"));
    PeerMessage.Acquire own = c.said(PeerMessage.Acquire.class);
    a.receive("b", KEY, ask("b", 5, Say.read()));
    a.sync();
    PeerMessage.Granted granted = a.said(PeerMessage.Granted.class);
    c.receive(
        "a",
        KEY,
        new PeerMessage.Granted(
            own.nonce(), SECOND, granted.data(), granted.digest(), Optional.empty()));
    c.sync();
    assertThat(told(c)).containsExactly("declined a c [] [] 7");
  }

  @Test
  void shouldNoteTheEndOfASession() {
    create(Say.put("name"));
    a.client(
        KEY,
        Say.request(2, Say.hint("a", 1, "a", FIRST, Optional.empty()), new Operation.Destroy()));
    a.sync();
    assertThat(told(a)).endsWith("erased a a [identity] [who] 7").hasSize(2);
  }

  @Test
  void shouldNoteNothingWithoutAPolicy() {
    LonePop free = new LonePop("a");
    free.client(KEY, Say.creation(1, "a", 1, Say.put("name")));
    free.sync();
    assertThat(free.ledger).isEmpty();
    assertThat(free.replies).hasSize(1);
  }

  private void create(Operation... operations) {
    a.connect("b", "c");
    a.client(KEY, Say.creation(1, "a", 1, operations));
    a.sync();
  }

  private static PeerMessage.Acquire ask(String asker, long number, Operation... operations) {
    return Say.acquire(
        asker,
        number,
        Role.OWNER,
        FIRST,
        Say.request(number, Say.hint("a", 1, "a", FIRST, Optional.empty()), operations));
  }

  private static ImmutableList<String> told(LonePop pop) {
    return pop.ledger.stream().map(LedgerTest::told).collect(ImmutableList.toImmutableList());
  }

  private static String told(LedgerEntry entry) {
    assertThat(entry.session()).isEqualTo(KEY);
    return Stream.of(
            entry.act().word(),
            entry.from(),
            entry.to(),
            entry.classes(),
            entry.rules(),
            entry.policy())
        .map(String::valueOf)
        .collect(Collectors.joining(" "));
  }

  static LonePop pop(String name) {
    NamespaceSettings settings = NamespaceSettings.defaults().withMove(MoveStrategy.always());
    return new LonePop(name, settings, Life.FIRST, 1L << 20, Optional.of(policy()));
  }

  private static PolicyInForce policy() {
    return new PolicyInForce(ThreePops.obey(POLICY), ImmutableMap.of());
  }
}
