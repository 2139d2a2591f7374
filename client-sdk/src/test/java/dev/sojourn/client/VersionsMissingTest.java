package dev.sojourn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sojourn.v1.ErrorCode;
import dev.sojourn.v1.ExecuteResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a crash has undone is told once, and the user can go on. */
class VersionsMissingTest {
  private final ScriptedNode node = new ScriptedNode();
  private final SojournClient client = node.clients().build();

  @AfterEach
  void close() {
    client.close();
    node.close();
  }

  @Test
  void shouldGoOnWithTheSessionThatCouldNotBeOpened() {
    node.script(
        call -> {
          if (call.request().getHint().equals("hint1")) {
            call.refuse(
                ScriptedNode.error(ErrorCode.VERSIONS_MISSING, false).toBuilder()
                    .setVersionsMissing(3)
                    .setHint("hint2")
                    .setHintMaxAgeSeconds(60)
                    .build());
          } else {
            call.answer(Answers.to(call.request(), 7, Map.of("cart", "tea")).build());
          }
        });

    VersionsMissingException told =
        catchThrowableOfType(
            VersionsMissingException.class, () -> client.open("__Host-sojourn=hint1"));

    assertThat(told.versionsMissing()).isEqualTo(3);
    Session session = told.session().orElseThrow();
    assertThat(session.setCookie().orElseThrow()).contains("hint2");
    assertThat(session.getText("cart")).contains("tea");
  }

  @Test
  void shouldShowWhatIsLeftAndSayWhatIsNot() {
    node.script(
        call -> {
          ExecuteResponse whole = Answers.to(call.request(), 7, Map.of("cart", "tea")).build();
          call.answer(
              whole.toBuilder()
                  .setOutcome(whole.getOutcome().toBuilder().setVersionsMissing(2))
                  .build());
        });

    Session session = client.open("__Host-sojourn=hint1");

    assertThat(session.getText("cart")).contains("tea");
    assertThat(session.lastOutcome().orElseThrow().versionsMissing()).isEqualTo(2);
    assertThat(node.requests()).as("read once").hasSize(1);
  }

  @Test
  void shouldNotWriteAnewOverWhatIsMissing() {
    node.script(
        call ->
            call.refuse(
                ScriptedNode.error(ErrorCode.OUTCOME_UNKNOWN, false).toBuilder()
                    .setVersionsMissing(2)
                    .setHint("hint2")
                    .setHintMaxAgeSeconds(60)
                    .build()));
    Session session = client.resume("hint1");
    session.putText("cart", "tea");

    OutcomeUnknownException told =
        catchThrowableOfType(OutcomeUnknownException.class, session::save);

    assertThat(told.problem().versionsMissing()).isEqualTo(2);
    assertThat(node.requests()).hasSize(1);
  }
}
