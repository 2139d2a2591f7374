package dev.sojourn.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.sojourn.v1.Field;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotTest {
  private static final Snapshot SAVED =
      Snapshot.of(
          List.of(field("name", "Ada"), field("hits", "41"), field("most", "" + Long.MAX_VALUE)));

  @Test
  void shouldShowChangesInTheirOrder() {
    Snapshot next =
        SAVED.after(
            Operations.none()
                .increment("hits", 1)
                .increment("new", -5)
                .append("name", bytes(" L."))
                .append("log", bytes("x"))
                .remove("most")
                .putText("gone", "soon")
                .remove("gone")
                .wire());

    assertThat(next.read().keySet()).containsExactlyInAnyOrder("name", "hits", "new", "log");
    assertThat(text(next, "hits")).isEqualTo("42");
    assertThat(text(next, "new")).isEqualTo("-5");
    assertThat(text(next, "name")).isEqualTo("Ada L.");
    assertThat(text(SAVED, "name")).as("the saved one stays").isEqualTo("Ada");
  }

  @Test
  void shouldLeaveAFieldAsItIsWhereTheNodeWillRefuseTheIncrement() {
    Snapshot next = SAVED.after(Operations.none().increment("name", 1).increment("most", 1).wire());

    assertThat(text(next, "name")).isEqualTo("Ada");
    assertThat(text(next, "most")).isEqualTo("" + Long.MAX_VALUE);
  }

  @Test
  void shouldKeepClassAndTypeOfAFieldThatGrows() {
    Snapshot next =
        SAVED.after(
            Operations.none()
                .put(dev.sojourn.client.Field.ofText("log", "a").dataClass("identity"))
                .append("log", bytes("b"))
                .wire());

    assertThat(next.field("log"))
        .hasValueSatisfying(
            log -> {
              assertThat(log.text()).isEqualTo("ab");
              assertThat(log.dataClass()).isEqualTo("identity");
              assertThat(log.contentType()).startsWith("text/plain");
            });
  }

  @Test
  void shouldBeEmptyAfterDestroy() {
    assertThat(SAVED.after(Operations.none().rotate().destroy().wire()).read()).isEmpty();
  }

  @Test
  void shouldNeverShowAValueInALog() {
    assertThat(SAVED.read().toString()).doesNotContain("Ada").contains("3 bytes");
    assertThat(new Credential("secret", 1).toString()).doesNotContain("secret");
    assertThat(SAVED.toString()).doesNotContain("Ada");
  }

  private static String text(Snapshot snapshot, String name) {
    return snapshot.field(name).orElseThrow().text();
  }

  private static byte[] bytes(String text) {
    return ByteString.copyFromUtf8(text).toByteArray();
  }

  private static Field field(String name, String value) {
    return Field.newBuilder().setName(name).setValue(ByteString.copyFromUtf8(value)).build();
  }
}
