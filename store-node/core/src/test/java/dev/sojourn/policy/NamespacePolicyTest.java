package dev.sojourn.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.sojourn.policy.Placement.Kind;
import dev.sojourn.policy.read.PolicyReader;
import dev.sojourn.value.Country;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import dev.sojourn.yaml.InvalidYamlException;
import org.junit.jupiter.api.Test;

/** The API that the protocol decides by. */
class NamespacePolicyTest {
  private static final Country US = new Country("US");
  private static final Country DE = new Country("DE");
  private static final PopId BOS = new PopId("bos");
  private static final PopId SJC = new PopId("sjc");
  private static final PopId FRA = new PopId("fra");
  private static final PopId NRT = new PopId("nrt");
  private static final Sites SITES =
      Sites.of(
          ImmutableList.of(
              new Site(BOS, US, ImmutableSet.of()),
              new Site(SJC, US, ImmutableSet.of("west")),
              new Site(FRA, DE, ImmutableSet.of()),
              new Site(NRT, new Country("JP"), ImmutableSet.of())));
  private static final ImmutableList<PopId> FROM_TOKYO = ImmutableList.of(NRT, SJC, BOS, FRA);

  private static final String POLICY =
      """
      version: 1
      classes:
        identity: {sensitive: true, fields: [name, "user.*"]}
        payment: {sensitive: true, fields: ["*.iban"]}
        trail: {fields: labelled}
      namespaces:
        shop:
          rules:
            - id: us-identity
              why: stays in the country
              when: {residency: [US], class: identity}
              store: [US]
              access: [anywhere]
              else: nearest
            - id: us-payment
              why: the rest may go
              when: {residency: [US], class: payment}
              store: [US]
              else: redact
      """;

  private final CompiledPolicy compiled = compile(POLICY);
  private final NamespacePolicy shop = compiled.of(new Namespace("shop"));
  private final DataClass identity = shop.classOf("name", "");
  private final DataClass payment = shop.classOf("my.iban", "");
  private final DataClass rest = shop.classOf("cart", "default");

  @Test
  void shouldGiveAFieldToTheFirstClassThatClaimsIt() {
    assertThat(identity.name()).isEqualTo("identity");
    assertThat(rest.name()).isEqualTo("default");
    assertThat(shop.classOf("user.iban", "").name()).isEqualTo("identity");
    assertThat(shop.classOf("my.iban", "trail").name()).isEqualTo("payment");
    assertThat(shop.classOf("my.iban", "identity").name()).isEqualTo("identity");
    assertThat(shop.classOf("colour", "trail").name()).isEqualTo("trail");
  }

  @Test
  void shouldDenyALabelThatThePolicyDoesNotDeclareUnlessAPatternClaimsTheField() {
    DataClass odd = shop.classOf("colour", "identiy");
    assertThat(shop.decide(US, odd, BOS).ground()).isEqualTo(Ground.UNDECLARED_CLASS);
    assertThat(shop.classOf("name", "identiy").name()).isEqualTo("identity");
  }

  @Test
  void shouldNameTheRuleThatDecides() {
    Decision away = shop.decide(US, identity, NRT);
    assertThat(away.verdict()).isEqualTo(Verdict.NEAREST);
    assertThat(away.mayAccess()).isTrue();
    assertThat(away.deciding()).containsExactly(new RuleId("us-identity"));
    assertThat(shop.decide(US, identity, BOS).mayStore()).isTrue();
    assertThat(shop.decide(DE, identity, BOS).ground()).isEqualTo(Ground.SILENT_SENSITIVE);
    assertThat(shop.decide(DE, rest, BOS).mayStore()).isTrue();
    assertThat(shop.decide(DE, rest, new PopId("old")).ground()).isEqualTo(Ground.UNKNOWN_POP);
  }

  @Test
  void shouldSendASessionToTheLawfulPopNearestItsUser() {
    ClassSet present = ClassSet.of(identity, rest);
    assertThat(shop.place(US, present, NRT).kind()).isEqualTo(Kind.NEAREST);
    assertThat(shop.nearest(US, present, FROM_TOKYO)).contains(SJC);
    assertThat(shop.lawful(US, present, FROM_TOKYO)).containsExactly(SJC, BOS);
    assertThat(shop.nearest(DE, ClassSet.of(identity), FROM_TOKYO)).isEmpty();
  }

  @Test
  void shouldSplitWhatMayFollowFromWhatStaysBehind() {
    Placement placement = shop.place(US, ClassSet.of(payment, rest), NRT);
    assertThat(placement.kind()).isEqualTo(Kind.SPLIT);
    assertThat(placement.behind()).isEqualTo(ClassSet.of(payment));
    assertThat(shop.place(US, ClassSet.of(rest), NRT).kind()).isEqualTo(Kind.FOLLOW);
    assertThat(shop.place(US, ClassSet.of(payment), NRT).kind()).isEqualTo(Kind.STAY);
    assertThat(shop.storable(US, ClassSet.of(payment, rest), NRT)).isEqualTo(ClassSet.of(rest));
    assertThat(shop.accessible(US, ClassSet.of(payment, identity), NRT))
        .isEqualTo(ClassSet.of(identity));
  }

  @Test
  void shouldLetASessionWithoutFieldsFollowToAnyKnownPop() {
    assertThat(shop.place(US, ClassSet.NONE, NRT).kind()).isEqualTo(Kind.FOLLOW);
    assertThat(shop.place(US, ClassSet.NONE, new PopId("old")).kind()).isEqualTo(Kind.STAY);
  }

  @Test
  void shouldDenyWhereTheNamespaceIsNotNamedAndTheClassIsSensitive() {
    NamespacePolicy other = compiled.of(new Namespace("other"));
    assertThat(other.decide(US, identity, BOS).verdict()).isEqualTo(Verdict.DENY);
    assertThat(other.decide(US, rest, BOS).verdict()).isEqualTo(Verdict.STORE);
  }

  @Test
  void shouldJoinTwoPoliciesFieldByFieldIntoTheStricter() {
    CompiledPolicy newer =
        compile(
            POLICY
                .replace("version: 1", "version: 2")
                .replace("fields: labelled", "sensitive: true, fields: [cart]")
                .replace("access: [anywhere]", "access: [US, JP]"));
    CompiledPolicy joined = compiled.stricter(newer);
    NamespacePolicy both = joined.of(new Namespace("shop"));
    assertThat(joined.version()).isEqualTo("1+2");
    DataClass cart = both.classOf("cart", "");
    assertThat(cart.name()).isEqualTo("default and trail");
    assertThat(both.decide(US, cart, BOS).ground()).isEqualTo(Ground.SILENT_SENSITIVE);
    assertThat(both.decide(US, both.classOf("name", ""), NRT).mayAccess()).isTrue();
    assertThat(both.decide(US, both.classOf("name", ""), FRA).verdict()).isEqualTo(Verdict.NEAREST);
    assertThat(both.decide(US, both.classOf("name", ""), FRA).mayAccess()).isFalse();
  }

  @Test
  void shouldRefuseAClassOfAnotherPolicy() {
    DataClass other = new DataClass("other", 0, true, ImmutableList.of(), identity.span());
    assertThatThrownBy(() -> shop.decide(US, other, BOS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("`other`");
  }

  private static CompiledPolicy compile(String text) {
    try {
      return CompiledPolicy.compile(PolicyReader.read("policy.yaml", text.getBytes(UTF_8)), SITES);
    } catch (InvalidYamlException e) {
      throw new AssertionError(e);
    }
  }
}
