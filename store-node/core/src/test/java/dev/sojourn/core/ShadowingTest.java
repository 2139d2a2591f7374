package dev.sojourn.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.sojourn.core.effect.Step;
import dev.sojourn.core.message.PeerMessage.Role;
import dev.sojourn.core.move.MoveStrategy;
import dev.sojourn.core.request.Operation;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.KeyHash;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A policy in shadow changes nothing of what a POP says and writes, and is counted. */
class ShadowingTest {
  private static final KeyHash KEY = Say.key(1);
  private static final Epoch FIRST = Say.epoch(1, "a");

  /** Its classes are others than those of the open policy, and in another order. */
  private static final String STRICT =
      """
      version: strict
      classes:
        cart: {fields: [cart]}
        identity: {sensitive: true, fields: [name]}
      namespaces:
        shop:
          rules:
            - {id: who, why: w, when: {class: identity}, store: ["pop:a", "pop:b"], else: deny}
            - {id: what, why: w, store: anywhere}
      """;

  private static final String OPEN =
      """
      version: open
      namespaces:
        shop:
          rules:
            - {id: all, why: w, store: anywhere}
      """;

  @Test
  void shouldCountWhatAPolicyWouldForbidAndAllowItAllTheSame() {
    List<Step> without = play(OPEN, Optional.empty(), "name");
    List<Step> beside = play(OPEN, Optional.of(STRICT), "name");
    assertThat(without).contains(Step.GRANTED);
    assertThat(withoutShadows(beside)).isEqualTo(without);
    // What is asked for would not be seen at c, nor would the session be stored there.
    assertThat(shadows(beside)).containsExactly(Step.SHADOW_NARROWER, Step.SHADOW_NARROWER);
  }

  @Test
  void shouldCountWhatAPolicyWouldAllowAndForbidItAllTheSame() {
    List<Step> without = play(STRICT, Optional.empty(), "name");
    List<Step> beside = play(STRICT, Optional.of(OPEN), "name");
    assertThat(without).contains(Step.REFUSED).doesNotContain(Step.GRANTED);
    assertThat(withoutShadows(beside)).isEqualTo(without);
    assertThat(shadows(beside)).containsExactly(Step.SHADOW_WIDER);
  }

  @Test
  void shouldCountWhereASessionWouldGo() {
    List<Step> without = play(STRICT, Optional.empty(), "cart");
    List<Step> beside = play(STRICT, Optional.of(OPEN), "cart");
    assertThat(without).contains(Step.EXECUTED_FOR_PEER).doesNotContain(Step.GRANTED);
    assertThat(withoutShadows(beside)).isEqualTo(without);
    // It would be stored at c, and would follow its user there.
    assertThat(shadows(beside)).containsExactly(Step.SHADOW_WIDER, Step.SHADOW_WIDER);
  }

  @Test
  void shouldCountNothingWhereNothingDiffers() {
    assertThat(play(STRICT, Optional.of(STRICT), "name"))
        .isEqualTo(play(STRICT, Optional.empty(), "name"));
  }

  private static List<Step> shadows(List<Step> steps) {
    return steps.stream()
        .filter(step -> step == Step.SHADOW_NARROWER || step == Step.SHADOW_WIDER)
        .toList();
  }

  private static List<Step> withoutShadows(List<Step> steps) {
    return steps.stream()
        .filter(step -> step != Step.SHADOW_NARROWER && step != Step.SHADOW_WIDER)
        .toList();
  }

  /** A session with a name and a cart is made at a, and a user at c asks for one of them. */
  private static List<Step> play(String decides, Optional<String> shadow, String field) {
    PolicyInForce alone = new PolicyInForce(ThreePops.obey(decides), ImmutableMap.of());
    PolicyInForce policy = shadow.map(other -> alone.beside(ThreePops.obey(other))).orElse(alone);
    NamespaceSettings settings = NamespaceSettings.defaults().withMove(MoveStrategy.always());
    LonePop a = new LonePop("a", settings, Life.FIRST, 1L << 20, Optional.of(policy));
    a.connect("b", "c");
    a.client(KEY, Say.creation(1, "a", 1, Say.put("name"), Say.put("cart")));
    a.sync();
    a.receive(
        "c",
        KEY,
        Say.acquire(
            "c",
            5,
            Role.OWNER,
            FIRST,
            Say.request(
                5,
                Say.hint("a", 1, "a", FIRST, Optional.empty()),
                new Operation.Get(ImmutableList.of(field)))));
    a.sync();
    return List.copyOf(a.steps);
  }
}
