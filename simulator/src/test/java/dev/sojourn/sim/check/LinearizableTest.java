package dev.sojourn.sim.check;

import static dev.sojourn.sim.check.History.BOS;
import static dev.sojourn.sim.check.History.NYC;
import static dev.sojourn.sim.check.History.append;
import static dev.sojourn.sim.check.History.get;
import static dev.sojourn.sim.check.History.put;
import static dev.sojourn.sim.check.History.request;
import static dev.sojourn.sim.check.History.success;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableSortedMap;
import dev.sojourn.core.request.OperationResult;
import dev.sojourn.core.request.SessionRequest;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both ways to look for an order, on histories that have none and on such that have one. */
class LinearizableTest {
  private static final SessionRequest FIRST = request(1, put("a", "x"));
  private static final SessionRequest SECOND = request(2, put("a", "y"));
  private static final SessionRequest READ = request(3, get("a"));

  private static Stream<Supplier<Invariant>> both() {
    return Stream.of(Linearizable::new, SearchedOrder::new);
  }

  private static OperationResult shown(String value) {
    return new OperationResult.FieldsRead(ImmutableSortedMap.of("a", History.field(value)));
  }

  private static OperationResult applied() {
    return new OperationResult.Applied();
  }

  @ParameterizedTest
  @MethodSource("both")
  void shouldRejectAReadThatShowsWhatHadBeenOverwritten(Supplier<Invariant> invariant) {
    History history = written(invariant);
    history.asked(NYC, READ).answered(NYC, READ, success(1, 1, shown("x")));

    assertThatThrownBy(history::atRest).isInstanceOf(InvariantViolated.class);
  }

  @ParameterizedTest
  @MethodSource("both")
  void shouldRejectAReadThatShowsWhatNobodyWrote(Supplier<Invariant> invariant) {
    History history = new History(invariant.get());
    history.asked(BOS, FIRST).answered(BOS, FIRST, success(1, 1, applied()));
    history.asked(BOS, SECOND).answered(BOS, SECOND, success(1, 2, applied()));
    SessionRequest both = request(4, get("a"), append("a", "."));
    history
        .asked(NYC, both)
        .answered(NYC, both, success(1, 3, shown("x"), new OperationResult.Length(2)));

    assertThatThrownBy(history::atRest).isInstanceOf(InvariantViolated.class);
  }

  @ParameterizedTest
  @MethodSource("both")
  void shouldRejectTwoWritesOfOneVersion(Supplier<Invariant> invariant) {
    History history = new History(invariant.get());
    history.asked(BOS, FIRST).answered(BOS, FIRST, success(1, 1, applied()));
    history.asked(NYC, SECOND).answered(NYC, SECOND, success(1, 1, applied()));

    assertThatThrownBy(history::atRest).isInstanceOf(InvariantViolated.class);
  }

  @ParameterizedTest
  @MethodSource("both")
  void shouldBearAReadBesideAWriteAndAWriteThatNobodyHeardOf(Supplier<Invariant> invariant) {
    SessionRequest silent = request(5, put("a", "q"));
    History history = new History(invariant.get());
    history.asked(BOS, FIRST).answered(BOS, FIRST, success(1, 1, applied()));
    history.asked(BOS, silent).asked(BOS, SECOND).asked(NYC, READ);
    history.answered(BOS, SECOND, success(1, 3, applied()));
    history.answered(NYC, READ, success(1, 2, shown("q")));

    assertThatCode(history::atRest).doesNotThrowAnyException();
  }

  private static History written(Supplier<Invariant> invariant) {
    History history = new History(invariant.get());
    history.asked(BOS, FIRST).answered(BOS, FIRST, success(1, 1, applied()));
    history.asked(BOS, SECOND).answered(BOS, SECOND, success(1, 2, applied()));
    return history;
  }
}
