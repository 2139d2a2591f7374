package dev.sojourn.sim.own;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.sojourn.core.request.Field;
import dev.sojourn.core.state.Custody;
import dev.sojourn.core.state.LeftBehind;
import dev.sojourn.core.state.Lifetime;
import dev.sojourn.core.state.RequestWindow;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.core.state.SessionState.Owned;
import dev.sojourn.core.state.Stamp;
import dev.sojourn.hint.Hint;
import dev.sojourn.policy.CompiledPolicy;
import dev.sojourn.policy.NamespacePolicy;
import dev.sojourn.policy.Site;
import dev.sojourn.policy.Sites;
import dev.sojourn.policy.read.PolicyReader;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.Country;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import dev.sojourn.yaml.InvalidYamlException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each promise rejects a history that breaks it, and takes the same history without the break. */
class PromisesTest {
  private static final Namespace NAMESPACE = new Namespace("shop");
  private static final PopId BOS = new PopId("bos");
  private static final PopId TYO = new PopId("tyo");

  private static final ImmutableSortedMap<String, Field> PART =
      ImmutableSortedMap.of("log", new Field(Bytes.EMPTY, "", Field.DEFAULT_CLASS));

  private final Promises promises = new Promises(Optional.empty());
  private final Line line =
      new Line(0, 7, Identity.key(1, 0), 0, new Country("US"), pop -> pop.equals(BOS) ? 0 : 1);

  private static SessionData data(long version) {
    return new SessionData(
        Identity.session(NAMESPACE, BOS, Identity.key(1, 0)),
        version,
        1,
        ImmutableSortedMap.of(),
        RequestWindow.EMPTY,
        Lifetime.startingAt(0, 1_000, 1_000),
        new Country("US"),
        "",
        1,
        Bytes.EMPTY);
  }

  private static Owned owned(long epoch, PopId issuer, long version) {
    return new Owned(new Epoch(epoch, issuer), data(version));
  }

  private void store(int pop, SessionState state) {
    SessionRecord now = SessionRecord.NONE.withState(state);
    SessionRecord before = line.store(pop, Optional.of(now), Long.MAX_VALUE);
    promises.stored(line, pop, before, now);
  }

  @Test
  void shouldTakeAHandOffAsItShouldBe() {
    assertThatCode(
            () -> {
              store(0, owned(1, BOS, 1));
              store(0, owned(1, BOS, 2).grantTo(TYO, BOS, Bytes.EMPTY));
              store(1, owned(2, BOS, 2));
              store(
                  0, new SessionState.Forward(new Epoch(2, BOS), TYO, Optional.empty(), 9, false));
              store(1, owned(2, BOS, 3));
            })
        .doesNotThrowAnyException();
  }

  @Test
  void shouldRejectAnEpochThatTwoPopsOwn() {
    store(0, owned(1, BOS, 1));

    assertThatThrownBy(() -> store(1, owned(1, BOS, 1))).hasMessageContaining("ONE_OWNER");
  }

  @Test
  void shouldRejectAWriteBelowTheHighestEpoch() {
    store(0, owned(1, BOS, 1));
    store(1, owned(2, BOS, 1));

    assertThatThrownBy(() -> store(0, owned(1, BOS, 2)))
        .hasMessageContaining("ONE_OWNER")
        .hasMessageContaining("session 7");
  }

  @Test
  void shouldRejectASessionThatNobodyHasOnDisk() {
    store(0, owned(1, BOS, 1));

    assertThatThrownBy(
            () ->
                store(
                    0,
                    new SessionState.Forward(new Epoch(2, BOS), TYO, Optional.empty(), 9, false)))
        .hasMessageContaining("PAYLOAD_EXISTS_DURABLY");
  }

  @Test
  void shouldRejectAnOwnerAfterTheEnd() {
    store(0, owned(1, BOS, 1));
    store(0, owned(1, BOS, 1).end(new SessionState.Ending.Expired(), 9));

    assertThatThrownBy(() -> store(1, owned(2, BOS, 1))).hasMessageContaining("ENDED_STAYS_ENDED");
  }

  @Test
  void shouldRejectAnOlderHint() {
    Hint newer = hint(2, 5);

    assertThatThrownBy(() -> promises.hint(line, Optional.of(newer), hint(1, 6)))
        .hasMessageContaining("HINTS_ONLY_GROW");
    assertThatThrownBy(() -> promises.hint(line, Optional.of(newer), hint(2, 4)))
        .hasMessageContaining("HINTS_ONLY_GROW");
    assertThatCode(() -> promises.hint(line, Optional.of(newer), hint(3, 5)))
        .doesNotThrowAnyException();
  }

  private static Hint hint(long epoch, long version) {
    return new Hint(
        data(1).key().id(),
        1,
        BOS,
        new Epoch(epoch, BOS),
        version,
        new Country("US"),
        9,
        Optional.empty());
  }

  @Test
  void shouldRejectAReadThatGoesBackAndAWriteThatForgets() {
    assertThatThrownBy(() -> promises.read(line, 4, 3)).hasMessageContaining("READS_NEVER");
    assertThatCode(() -> promises.read(line, 4, 4)).doesNotThrowAnyException();
    assertThatThrownBy(() -> promises.wrote(line, 4, 4)).hasMessageContaining("NO_ACKNOWLEDGED");
    assertThatCode(() -> promises.wrote(line, 4, 5)).doesNotThrowAnyException();
  }

  @Test
  void shouldRejectAWriteThatWasAppliedTwiceOrNotAtAll() {
    store(0, owned(1, BOS, 1));
    line.acknowledged = 3;
    line.outcomeUnknown = 1;

    assertThatThrownBy(() -> promises.atRest(line, 2, false)).hasMessageContaining("APPLIED_ONCE");
    assertThatThrownBy(() -> promises.atRest(line, 5, false)).hasMessageContaining("APPLIED_ONCE");
    assertThatCode(() -> promises.atRest(line, 4, false)).doesNotThrowAnyException();
  }

  @Test
  void shouldRejectAnOwnerThatPointsToAPartWhichNobodyKeeps() {
    store(0, owned(1, BOS, 1).grantTo(TYO, BOS, Bytes.EMPTY));
    LeftBehind part =
        LeftBehind.of(
            BOS,
            new Stamp(new Epoch(1, BOS), 1, 1),
            ImmutableList.of("trail"),
            data(1).key(),
            PART);
    Owned split = new Owned(new Epoch(2, BOS), data(1).withLeftBehind(Optional.of(part)));

    assertThatThrownBy(() -> store(1, split)).hasMessageContaining("PAYLOAD_EXISTS_DURABLY");
    SessionState granted = line.record(0).orElseThrow().state();
    line.store(0, Optional.of(keeping(part, granted)), Long.MAX_VALUE);
    assertThatCode(() -> store(1, split)).doesNotThrowAnyException();
  }

  @Test
  void shouldRejectAPartThatMayNotRestWithItsCustodian() throws InvalidYamlException {
    Promises judging = new Promises(Optional.of(rules()));
    LeftBehind part =
        LeftBehind.of(
            BOS,
            new Stamp(new Epoch(1, BOS), 1, 1),
            ImmutableList.of("trail"),
            data(1).key(),
            PART);
    SessionRecord kept = keeping(part, SessionState.ABSENT);

    assertThatThrownBy(() -> judging.rests(line, TYO, kept))
        .hasMessageContaining("RESIDENCY_HOLDS: `log` rests at `tyo`");
    assertThatCode(() -> judging.rests(line, BOS, kept)).doesNotThrowAnyException();
  }

  private static SessionRecord keeping(LeftBehind part, SessionState state) {
    return SessionRecord.NONE
        .withState(state)
        .withCustody(
            Optional.of(
                new Custody(
                    data(1).key(),
                    new Country("US"),
                    new Epoch(1, BOS),
                    new Custody.Kept(part.stamp(), PART),
                    9_000)));
  }

  private static NamespacePolicy rules() throws InvalidYamlException {
    String policy =
        """
        version: 1
        classes:
          trail: {sensitive: true, fields: [log]}
        namespaces:
          shop:
            rules:
              - {id: stays, why: ours, when: {class: trail}, store: home, access: anywhere, else: redact}
        """;
    Sites sites =
        Sites.of(
            List.of(
                new Site(BOS, new Country("US"), ImmutableSet.of()),
                new Site(TYO, new Country("JP"), ImmutableSet.of())));
    return CompiledPolicy.compile(
            PolicyReader.read("p.yaml", policy.getBytes(StandardCharsets.UTF_8)), sites)
        .of(NAMESPACE);
  }

  @Test
  void shouldRejectASecondCopyThatStays() {
    store(0, owned(1, BOS, 1));
    store(1, owned(2, BOS, 1));

    assertThatThrownBy(() -> promises.atRest(line, 0, false)).hasMessageContaining("2 POPs");
  }
}
