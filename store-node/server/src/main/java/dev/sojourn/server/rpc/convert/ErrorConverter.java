package dev.sojourn.server.rpc.convert;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import dev.sojourn.core.request.Problem;
import dev.sojourn.v1.ErrorDetail;
import dev.sojourn.value.PopId;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

/** A typed error as a client sees it: the reply of the stream, or the status of a unary call. */
public final class ErrorConverter {
  private static final String DOMAIN = "sojourn.dev";

  private ErrorConverter() {}

  /**
   * @param self the POP that was called, named where the problem speaks of no other
   */
  public static ErrorDetail toDetail(Problem problem, PopId self, HintSeal seal) {
    ErrorDetail.Builder detail =
        ErrorDetail.newBuilder()
            .setCode(ErrorTable.toProto(problem.code()))
            .setPop(problem.pop().orElse(self).name())
            .setRetryAfterMillis(ErrorTable.retryAfterMillis(problem.code()))
            .setText(problem.detail())
            .setRemedy(ErrorTable.remedyOf(problem.code()))
            .setRetryable(problem.code().retryable())
            .setVersionsMissing(problem.versionsMissing());
    problem.operation().ifPresent(detail::setFailedOperation);
    problem.currentVersion().ifPresent(detail::setCurrentVersion);
    problem
        .hint()
        .map(seal::seal)
        .ifPresent(made -> detail.setHint(made.text()).setHintMaxAgeSeconds(made.maxAgeSeconds()));
    return detail.build();
  }

  /** The status of a unary call, with the same detail in its trailers. */
  public static StatusRuntimeException toStatus(Problem problem, PopId self, HintSeal seal) {
    ErrorDetail detail = toDetail(problem, self, seal);
    ErrorInfo info =
        ErrorInfo.newBuilder()
            .setReason(detail.getCode().name())
            .setDomain(DOMAIN)
            .putMetadata("pop", detail.getPop())
            .build();
    return StatusProto.toStatusRuntimeException(
        com.google.rpc.Status.newBuilder()
            .setCode(ErrorTable.statusOf(problem.code()).value())
            .setMessage(problem.detail())
            .addDetails(Any.pack(info))
            .addDetails(Any.pack(detail))
            .build());
  }
}
