package dev.sojourn.sim.check;

import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.OperationResult;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.sim.check.Observation.Answered;
import java.util.List;

/**
 * An answer is the answer to that very request: it has one result for each operation, of the kind
 * that this operation gives, or none where it is no longer kept.
 */
public final class AnswersFit implements Invariant {
  @Override
  public void observe(Observation observation) {
    if (observation instanceof Answered answered
        && answered.reply().outcome() instanceof Outcome.Success success) {
      verify(answered.request().operations(), success.results());
    }
  }

  private void verify(List<Operation> operations, List<OperationResult> results) {
    boolean fits = operations.size() == results.size();
    for (int i = 0; fits && i < results.size(); i++) {
      fits = fits(operations.get(i), results.get(i));
    }
    if (!fits) {
      throw new InvariantViolated(this, results + " does not answer " + operations);
    }
  }

  private static boolean fits(Operation operation, OperationResult result) {
    if (result instanceof OperationResult.Withheld) {
      return true;
    } else if (operation instanceof Operation.Get) {
      return result instanceof OperationResult.FieldsRead;
    } else if (operation instanceof Operation.Increment) {
      return result instanceof OperationResult.Number;
    } else if (operation instanceof Operation.Append) {
      return result instanceof OperationResult.Length;
    }
    return result instanceof OperationResult.Applied;
  }
}
