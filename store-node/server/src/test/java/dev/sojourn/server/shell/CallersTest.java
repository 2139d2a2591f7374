package dev.sojourn.server.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.core.request.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallersTest {
  private final Callers callers = new Callers();
  private final List<String> answered = new ArrayList<>();

  @Test
  void shouldAnswerTheNewestAndThoseThatWaited() {
    long first = callers.add(reply -> answered.add("first"));
    long second = callers.add(reply -> answered.add("second"));
    assertThat(callers.size()).isEqualTo(2);

    callers.answer(second, reply());
    callers.answer(first, reply());
    assertThat(answered).containsExactly("second", "first");
    assertThat(callers.size()).isZero();
  }

  @Test
  void shouldAnswerATokenOnce() {
    long token = callers.add(reply -> answered.add("once"));
    callers.answer(token, reply());
    callers.answer(token, reply());
    assertThat(answered).containsExactly("once");
  }

  @Test
  void shouldTakeInANewCallerFromWithinAnAnswer() {
    List<Long> tokens = new ArrayList<>();
    long outer =
        callers.add(
            reply -> {
              answered.add("outer");
              tokens.add(callers.add(inner -> answered.add("inner")));
            });
    callers.answer(outer, reply());
    callers.answer(tokens.get(0), reply());
    assertThat(answered).containsExactly("outer", "inner");
  }

  @Test
  void shouldFailAllAtTheEnd() {
    callers.add(reply -> answered.add("one"));
    callers.add(reply -> answered.add("two"));
    callers.failAll(Callers.shuttingDown());
    assertThat(answered).containsExactlyInAnyOrder("one", "two");
    assertThat(callers.size()).isZero();
  }

  private static Reply reply() {
    return Callers.failure(Callers.shuttingDown());
  }
}
