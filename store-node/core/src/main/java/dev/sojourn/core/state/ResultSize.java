package dev.sojourn.core.state;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.request.OperationResult;

/** How many bytes the kept results of a request take, near enough to bound them by. */
final class ResultSize {
  private static final long OF_A_NUMBER = 12;

  private ResultSize() {}

  static long of(ImmutableList<OperationResult> results) {
    long size = 0;
    for (OperationResult result : results) {
      if (result instanceof OperationResult.FieldsRead read) {
        for (var field : read.fields().entrySet()) {
          size += 16L + field.getKey().length() + field.getValue().value().length();
        }
      } else if (!(result instanceof OperationResult.Withheld)) {
        size += OF_A_NUMBER;
      }
    }
    return size;
  }
}
