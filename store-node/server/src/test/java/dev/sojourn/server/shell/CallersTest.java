package dev.sojourn.server.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.Problem;
import dev.sojourn.core.request.Reply;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.KeyHash;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallersTest {
  private static final KeyHash ONE = key(1);
  private static final KeyHash TWO = key(2);

  private final Callers callers = new Callers();
  private final List<String> answered = new ArrayList<>();

  @Test
  void shouldAnswerTheNewestAndThoseThatWaited() {
    long first = callers.add(ONE, reply -> answered.add("first"));
    long second = callers.add(TWO, reply -> answered.add("second"));
    assertThat(callers.size()).isEqualTo(2);

    callers.answer(second, reply());
    callers.answer(first, reply());
    assertThat(answered).containsExactly("second", "first");
    assertThat(callers.size()).isZero();
  }

  @Test
  void shouldAnswerATokenOnce() {
    long token = callers.add(ONE, reply -> answered.add("once"));
    callers.answer(token, reply());
    callers.answer(token, reply());
    assertThat(answered).containsExactly("once");
  }

  @Test
  void shouldTakeInANewCallerFromWithinAnAnswer() {
    List<Long> tokens = new ArrayList<>();
    long outer =
        callers.add(
            ONE,
            reply -> {
              answered.add("outer");
              tokens.add(callers.add(TWO, inner -> answered.add("inner")));
            });
    callers.answer(outer, reply());
    callers.answer(tokens.get(0), reply());
    assertThat(answered).containsExactly("outer", "inner");
  }

  @Test
  void shouldFailThoseOfOneSessionAlone() {
    List<Reply> ofOne = new ArrayList<>();
    callers.add(ONE, ofOne::add);
    callers.add(TWO, reply -> answered.add("two"));
    callers.add(ONE, ofOne::add);

    callers.failAll(ONE, Problem.of(ErrorCode.INTERNAL, "unreadable"));
    assertThat(ofOne)
        .hasSize(2)
        .allSatisfy(reply -> assertThat(reply.outcome()).isInstanceOf(Outcome.Failure.class));
    assertThat(answered).isEmpty();
    assertThat(callers.size()).isEqualTo(1);
  }

  @Test
  void shouldFailAllAtTheEnd() {
    callers.add(ONE, reply -> answered.add("one"));
    callers.add(TWO, reply -> answered.add("two"));
    callers.failAll(Callers.shuttingDown());
    assertThat(answered).containsExactlyInAnyOrder("one", "two");
    assertThat(callers.size()).isZero();
  }

  private static Reply reply() {
    return Callers.failure(Callers.shuttingDown());
  }

  private static KeyHash key(int first) {
    byte[] bytes = new byte[KeyHash.LENGTH];
    bytes[0] = (byte) first;
    return new KeyHash(Bytes.wrap(bytes));
  }
}
