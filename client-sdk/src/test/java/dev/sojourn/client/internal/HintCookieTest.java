package dev.sojourn.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HintCookieTest {
  private static final HintCookie.Found HINT = new HintCookie.Found.Hint("aB3_-");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "__Host-sojourn=aB3_-",
        "  __Host-sojourn = aB3_-  ",
        "__Host-sojourn=\"aB3_-\"",
        "theme=dark; __Host-sojourn=aB3_-; lang=de",
        "theme=dark;__Host-sojourn=aB3_-",
        ";;; =; a; __Host-sojourn=aB3_-;",
        "__Host-sojourn=; __Host-sojourn=aB3_-",
        "__Host-sojourn=not a hint; __Host-sojourn=aB3_-; __Host-sojourn=second"
      })
  void shouldFindTheFirstValueThatCouldBeAHint(String header) {
    assertThat(HintCookie.find(header)).isEqualTo(HINT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "theme=dark",
        "__host-sojourn=aB3_-",
        "x__Host-sojourn=aB3_-",
        "__Host-sojourn",
        "__Host-sojourn=",
        "theme=a, __Host-sojourn=aB3_-"
      })
  void shouldFindNothingWhereNoCookieHasTheName(String header) {
    assertThat(HintCookie.find(header)).isEqualTo(new HintCookie.Found.Nothing());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "__Host-sojourn=a b",
        "__Host-sojourn=\"",
        "__Host-sojourn=ä",
        "__Host-sojourn=a,b"
      })
  void shouldTellAValueThatNoPopCanHaveMade(String header) {
    assertThat(HintCookie.find(header)).isEqualTo(new HintCookie.Found.Unreadable());
  }

  @Test
  void shouldNeverShowAHintInALog() {
    assertThat(new HintCookie.Found.Hint("secret").toString()).doesNotContain("secret");
  }

  @Test
  void shouldRefuseAnOversizedValueWithoutAskingANode() {
    assertThat(HintCookie.find("__Host-sojourn=" + "a".repeat(201)))
        .isEqualTo(new HintCookie.Found.Unreadable());
    assertThat(HintCookie.find("__Host-sojourn=" + "a".repeat(200)))
        .isInstanceOf(HintCookie.Found.Hint.class);
  }

  @Test
  void shouldTakeAMissingHeaderAsNothing() {
    assertThat(HintCookie.find(null)).isEqualTo(new HintCookie.Found.Nothing());
  }

  @Test
  void shouldAnswerAnyTextWithoutAnException() {
    long seed = 42;
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder header = new StringBuilder("__Host-sojourn");
      for (int length = random.nextInt(40); length > 0; length--) {
        header.append((char) random.nextInt(0x250));
      }
      assertThat(HintCookie.find(header.toString())).as("seed %d, text %d", seed, i).isNotNull();
    }
  }

  @Test
  void shouldBindTheCookieToHostSchemeAndPath() {
    assertThat(HintCookie.storing("aB3_-", 3600))
        .isEqualTo("__Host-sojourn=aB3_-; Secure; HttpOnly; SameSite=Lax; Path=/; Max-Age=3600");
    assertThat(HintCookie.removing())
        .isEqualTo("__Host-sojourn=; Secure; HttpOnly; SameSite=Lax; Path=/; Max-Age=0");
  }
}
