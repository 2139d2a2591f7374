package dev.sojourn.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sojourn.client.ErrorCode;
import dev.sojourn.client.Field;
import dev.sojourn.client.Outcome;
import dev.sojourn.client.Session;
import dev.sojourn.client.SojournClient;
import dev.sojourn.client.SojournException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The example of docs/sdk.md: how an application tests what happens to its users on the way. */
class TravellingUserTest {
  @SuppressWarnings("NullAway.Init")
  private static SojournTestKit kit;

  @BeforeAll
  static void startThePops() {
    kit =
        SojournTestKit.builder()
            .pop("bos", "US", 42.36, -71.06)
            .pop("nrt", "JP", 35.76, 140.39)
            .namespace("shop")
            .policy(
                """
                version: 1
                classes:
                  identity: {sensitive: true, fields: [name]}
                namespaces:
                  shop:
                    rules:
                      - {id: identity-at-home, why: a duty, when: {class: identity}, store: home, else: remote}
                """)
            .start();
  }

  @AfterAll
  static void stopThePops() {
    kit.close();
  }

  @Test
  void shouldFindTheCartAgainInTokyo() {
    Session inBoston = kit.client("bos", "shop").open(null);
    inBoston.putText("cart", "2 apples").save();

    Session inTokyo = kit.client("nrt", "shop").resume(inBoston.hint().orElseThrow());

    assertThat(inTokyo.getText("cart")).contains("2 apples");
    assertThat(inTokyo.lastOutcome().orElseThrow().how()).isEqualTo(Outcome.How.GRANTED);
    assertThat(inTokyo.lastOutcome().orElseThrow().roundTrips()).isEqualTo(1);
  }

  @Test
  void shouldBeToldWhichRuleKeepsANameInBoston() {
    Session inBoston = kit.client("bos", "shop").open(null);
    inBoston.putText("cart", "2 apples");
    inBoston.put(Field.ofText("name", "Ada").dataClass("identity")).save();

    Session inTokyo = kit.client("nrt", "shop").resume(inBoston.hint().orElseThrow());

    assertThat(inTokyo.fields().keySet()).containsExactly("cart");
    assertThat(inTokyo.lastOutcome().orElseThrow().ownerPop()).isEqualTo("bos");
    assertThatThrownBy(() -> inTokyo.putText("name", "Eve").save())
        .isInstanceOfSatisfying(
            SojournException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(ErrorCode.DENIED);
              assertThat(refused).hasMessageContaining("identity-at-home");
            });
  }

  @Test
  void shouldNotReachASessionWhosePopIsDownAndFindItWhenThatIsBack() {
    SojournClient tokyo = kit.client("nrt", "shop");
    Session inBoston = kit.client("bos", "shop").open(null);
    inBoston.putText("cart", "figs").save();

    kit.stop("bos");
    try {
      assertThatThrownBy(() -> tokyo.resume(inBoston.hint().orElseThrow()).fields())
          .isInstanceOf(SojournException.class);
    } finally {
      kit.start("bos");
    }
    assertThat(tokyo.resume(inBoston.hint().orElseThrow()).getText("cart")).contains("figs");
  }

  @Test
  void shouldSayWhatIsWrongWithAPolicy() {
    SojournTestKitBuilder wrong =
        SojournTestKit.builder()
            .pop("bos", "US")
            .namespace("shop")
            .policy("version: 1\nrules: []\n");
    assertThatThrownBy(wrong::start)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("policy.yaml");
    assertThatThrownBy(() -> kit.client("lhr", "shop"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no POP `lhr`");
  }
}
