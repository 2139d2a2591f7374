package dev.sojourn.server.rpc.convert;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.rpc.ErrorInfo;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Field;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.Problem;
import dev.sojourn.core.request.Reply;
import dev.sojourn.v1.ErrorDetail;
import dev.sojourn.v1.ExecuteRequest;
import dev.sojourn.v1.ExecuteResponse;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.Country;
import dev.sojourn.value.PopId;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClientConversionTest {
  private static final Country HOME = new Country("DE");
  private static final PopId SELF = new PopId("fra");
  private static final HintSeal SEAL = hint -> new HintSeal.Sealed("sealed", 60);

  @Test
  void shouldReadARequestWithDefaults() {
    ExecuteRequest wire =
        request()
            .addOperations(
                OperationConverter.toProto(
                    new Operation.Put("cart", new Field(Bytes.EMPTY, "", ""))))
            .build();

    ParsedRequest.Accepted read = (ParsedRequest.Accepted) RequestConverter.parse(wire, HOME);

    assertThat(read.hint()).isEmpty();
    assertThat(read.creation().residency()).isEqualTo(HOME);
    assertThat(read.operations())
        .containsExactly(new Operation.Put("cart", new Field(Bytes.EMPTY, "", "default")));
  }

  @Test
  void shouldNeverShowAHintInALog() {
    assertThat(RequestConverter.parse(request().setHint("secret").build(), HOME).toString())
        .doesNotContain("secret");
    assertThat(new HintSeal.Sealed("secret", 60).toString()).doesNotContain("secret");
  }

  @Test
  void shouldNotLookAtCreateWhereThereIsAHint() {
    ExecuteRequest.Builder wire = request().setHint("x");
    wire.getCreateBuilder().setResidencyCountry("nowhere");
    assertThat(RequestConverter.parse(wire.build(), HOME))
        .isInstanceOf(ParsedRequest.Accepted.class);
  }

  @Test
  void shouldRefuseAResidencyThatIsNoCountry() {
    ExecuteRequest.Builder wire = request();
    wire.getCreateBuilder().setResidencyCountry("no");
    assertThat(rejected(wire).code()).isEqualTo(ErrorCode.INVALID_REQUEST);
  }

  @Test
  void shouldRefuseARequestIdThatIsTooShort() {
    assertThat(rejected(request().setRequestId(ByteString.copyFrom(new byte[8]))).detail())
        .contains("request id", "16");
  }

  @Test
  void shouldRefuseANamespaceWithoutRepeatingIt() {
    assertThat(rejected(request().setNamespace("Shop\n")).detail()).doesNotContain("Shop");
  }

  @Test
  void shouldNameTheOperationThatIsWrong() {
    Problem problem =
        rejected(
            request()
                .addOperations(OperationConverter.toProto(new Operation.Touch()))
                .addOperations(dev.sojourn.v1.Operation.getDefaultInstance()));
    assertThat(problem.operation()).hasValue(1);
  }

  @Test
  void shouldRefuseAnOperationAfterADestroy() {
    Problem problem =
        rejected(
            request()
                .addOperations(OperationConverter.toProto(new Operation.Destroy()))
                .addOperations(OperationConverter.toProto(new Operation.Touch())));
    assertThat(problem.operation()).hasValue(0);
    assertThat(problem.detail()).contains("last");
  }

  @Test
  void shouldRefuseAFieldWithoutAName() {
    Problem problem =
        rejected(request().addOperations(OperationConverter.toProto(new Operation.Remove(""))));
    assertThat(problem.operation()).hasValue(0);
  }

  @Test
  void shouldWriteAReplyWithItsHintAndCountWholeRoundTrips() {
    RandomValues draw = new RandomValues(3);
    Outcome.Success success =
        new Outcome.Success(
            ImmutableList.of(draw.result()),
            Optional.of(draw.hint()),
            5,
            Optional.of(draw.epoch()),
            Outcome.Flags.CREATED);
    ExecuteResponse wire =
        ReplyConverter.toProto(
            new Reply(success, Reply.How.EXECUTED, Optional.of(new PopId("bos")), 3),
            success,
            SELF,
            SEAL);
    assertThat(wire.getHint()).isEqualTo("sealed");
    assertThat(wire.getHintMaxAgeSeconds()).isEqualTo(60);
    assertThat(wire.getOutcome().getOwnerPop()).isEqualTo("bos");
    assertThat(wire.getOutcome().getServingPop()).isEqualTo("fra");
    assertThat(wire.getOutcome().getRoundTrips()).isEqualTo(2);
    assertThat(wire.getOutcome().getSessionCreated()).isTrue();
    assertThat(wire.getResultsCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void shouldGiveEveryErrorItsNameStatusAndRemedy(ErrorCode code) throws Exception {
    Problem problem = Problem.of(code, "because").atOperation(0);

    StatusRuntimeException status = ErrorConverter.toStatus(problem, SELF, SEAL);

    assertThat(status.getStatus().getCode()).isNotIn(Status.Code.OK, Status.Code.UNKNOWN);
    com.google.rpc.Status details = StatusProto.fromThrowable(status);
    Any info = details.getDetails(0);
    assertThat(info.unpack(ErrorInfo.class).getReason()).isEqualTo(code.name());
    assertThat(info.unpack(ErrorInfo.class).getDomain()).isEqualTo("sojourn.dev");
    ErrorDetail detail = details.getDetails(1).unpack(ErrorDetail.class);
    assertThat(detail.getCode().name()).isEqualTo(code.name());
    assertThat(detail.getRetryable()).isEqualTo(code.retryable());
    assertThat(detail.getPop()).isEqualTo("fra");
    assertThat(detail.getRemedy()).isNotEmpty();
    assertThat(detail.hasFailedOperation()).isTrue();
  }

  @Test
  void shouldReadAnErrorOfANewerReleaseAsInternal() {
    assertThat(ErrorTable.fromProto(dev.sojourn.v1.ErrorCode.UNRECOGNIZED))
        .isEqualTo(ErrorCode.INTERNAL);
  }

  private static Problem rejected(ExecuteRequest.Builder wire) {
    return ((ParsedRequest.Rejected) RequestConverter.parse(wire.build(), HOME)).problem();
  }

  private static ExecuteRequest.Builder request() {
    return ExecuteRequest.newBuilder()
        .setNamespace("shop")
        .setRequestId(ByteString.copyFrom(new byte[16]));
  }
}
