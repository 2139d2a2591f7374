package dev.sojourn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sojourn.v1.ErrorCode;
import dev.sojourn.v1.InspectResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpeningTest {
  private static final String COOKIE = "__Host-sojourn=hint1";

  private final ScriptedNode node = new ScriptedNode();
  private final SojournClient client = node.clients().deadline(Duration.ofSeconds(30)).build();

  @AfterEach
  void close() {
    client.close();
    node.close();
  }

  @ParameterizedTest
  @CsvSource({
    "HINT_UNREADABLE, HINT_UNREADABLE",
    "HINT_EXPIRED, HINT_EXPIRED",
    "HINT_SUPERSEDED, HINT_SUPERSEDED",
    "SESSION_ENDED, SESSION_ENDED",
    "SESSION_ERASED, SESSION_ENDED"
  })
  void shouldStartEmptyForADeadHintAndReplaceTheCookieWithTheNextSave(
      ErrorCode code, StartReason reason) {
    node.script(
        call -> {
          if (call.request().getHint().isEmpty()) {
            call.answer(Answers.hint(Answers.to(call.request(), 1, Map.of()), "hint2").build());
          } else {
            call.refuse(ScriptedNode.error(code, false));
          }
        });
    Session session = client.open(COOKIE);

    assertThat(session.startedBecause()).contains(reason);
    assertThat(session.fields()).isEmpty();
    assertThat(session.setCookie()).as("before anything was saved").isEmpty();
    session.putText("a", "1").save();
    assertThat(session.setCookie()).hasValueSatisfying(c -> assertThat(c).contains("=hint2;"));
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorCode.class,
      names = {"SESSION_LOST", "SESSION_ROLLED_BACK", "DENIED", "UNKNOWN_NAMESPACE", "INTERNAL"})
  void shouldNotHideOtherErrorsBehindAnEmptySession(ErrorCode code) {
    node.script(call -> call.refuse(ScriptedNode.error(code, false)));

    assertThatThrownBy(() -> client.open(COOKIE))
        .isInstanceOfSatisfying(
            SojournException.class, e -> assertThat(e.code().name()).isEqualTo(code.name()));
  }

  @Test
  void shouldThrowFromOpenExistingWhereOpenStartsEmpty() {
    node.script(call -> call.refuse(ScriptedNode.error(ErrorCode.HINT_SUPERSEDED, false)));

    assertThatThrownBy(() -> client.openExisting(COOKIE)).isInstanceOf(HintRefusedException.class);
    assertThatThrownBy(() -> client.openExisting(null)).isInstanceOf(HintRefusedException.class);
    assertThatThrownBy(() -> client.openExisting("__Host-sojourn=no hint"))
        .isInstanceOf(HintRefusedException.class);
    assertThat(node.requests()).as("only the one that could be a hint").hasSize(1);
  }

  @Test
  void shouldNotAskANodeAboutACookieThatNoPopCanHaveMade() {
    Session session = client.open("__Host-sojourn=<script>");

    assertThat(session.startedBecause()).contains(StartReason.HINT_UNREADABLE);
    assertThat(node.requests()).isEmpty();
  }

  @Test
  void shouldInspectWithoutExecuting() {
    node.inspection(
        InspectResponse.newBuilder()
            .setPop("bos")
            .setState(InspectResponse.State.OWNED)
            .setHoldsPayload(true)
            .setEpoch(3)
            .addFields(InspectResponse.FieldSummary.newBuilder().setName("cart").setSizeBytes(1024))
            .build());

    Inspection inspection = client.inspect("hint1", false);

    assertThat(inspection.state()).isEqualTo("owned");
    assertThat(inspection.epoch()).isEqualTo(3);
    assertThat(inspection.fields())
        .extracting(Inspection.InspectedField::sizeBytes)
        .containsExactly(1024L);
    assertThat(inspection.fields().get(0).value()).isEmpty();
    assertThat(node.requests()).isEmpty();
  }

  @Test
  void shouldReadTheTypedErrorOfAUnaryCall() {
    node.refuseInspection(ScriptedNode.error(ErrorCode.HINT_EXPIRED, false));

    assertThatThrownBy(() -> client.inspect("hint1", true))
        .isInstanceOf(HintRefusedException.class)
        .hasMessageContaining("HINT_EXPIRED at bos");
  }

  @Test
  void shouldSayThatTheNodeIsAwayWhenItCannotBeInspected() {
    node.close();

    assertThatThrownBy(() -> client.inspect("hint1", true))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("UNAVAILABLE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "localhost:",
        "localhost:0",
        ":7100",
        "a b:1",
        "h:70000",
        "u@h:1",
        "h:1/path",
        "http://h:1"
      })
  void shouldRefuseATargetThatIsNoAddress(String target) {
    assertThatThrownBy(() -> SojournClient.connect(target, "shop"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("host:port");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Shop", "1shop", "shop!", "a23456789012345678901234567890123"})
  void shouldRefuseANamespaceThatIsNone(String namespace) {
    assertThatThrownBy(() -> SojournClient.connect("127.0.0.1:7100", namespace))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("namespace");
  }

  @Test
  void shouldTakeAnAddressOfTheSixthVersion() {
    SojournClient.connect("[::1]:7100", "shop").close();
  }
}
