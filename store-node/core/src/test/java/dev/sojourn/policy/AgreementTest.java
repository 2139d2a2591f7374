package dev.sojourn.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import dev.sojourn.policy.Placement.Kind;
import dev.sojourn.value.Country;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The compiled decider against the naive one, on policies and topologies drawn from seeds and on
 * those kept in the corpus. {@code -Dpolicy.seed=N} repeats one seed.
 */
class AgreementTest {
  private static final int SEEDS = 200;
  private static final ImmutableList<Country> RESIDENCIES =
      ImmutableList.<Country>builder()
          .addAll(
              Iterables.transform(
                  ImmutableList.of("US", "CA", "DE", "FR", "NO", "GB", "JP", "CN", "RU", "AU"),
                  Country::new))
          .add(new Country("BR"), new Country("IN"), Country.UNKNOWN, new Country("QQ"))
          .build();

  @Test
  void shouldDecideAsTheNaiveDeciderOnEveryCaseOfTheCorpus() throws IOException {
    ImmutableList<Case> corpus = Case.corpus();
    assertThat(corpus).isNotEmpty();
    for (Case each : corpus) {
      compare(each);
    }
  }

  @Test
  void shouldDecideAsTheNaiveDecider() throws IOException {
    Set<Verdict> met = EnumSet.noneOf(Verdict.class);
    Set<Ground> grounds = EnumSet.noneOf(Ground.class);
    for (long seed : seeds()) {
      for (Decision decision : compare(Case.ofSeed(seed))) {
        met.add(decision.verdict());
        grounds.add(decision.ground());
      }
    }
    if (seeds().size() > 1) {
      assertThat(met).containsExactlyInAnyOrder(Verdict.values());
      assertThat(grounds).containsExactlyInAnyOrder(Ground.values());
    }
  }

  @Test
  void shouldPlaceSessionsByTheirStrictestClass() throws IOException {
    Set<Kind> met = EnumSet.noneOf(Kind.class);
    for (long seed : seeds()) {
      Case drawn = Case.ofSeed(seed);
      SplittableRandom random = new SplittableRandom(seed);
      Fixture fixture = new Fixture(drawn);
      for (int i = 0; i < 40; i++) {
        met.add(fixture.comparePlacement(random));
      }
    }
    if (seeds().size() > 1) {
      assertThat(met).containsExactlyInAnyOrder(Kind.values());
    }
  }

  @Test
  void shouldAllowWhatBothPoliciesAllowWhenTheyAreJoined() throws IOException {
    for (long seed : seeds()) {
      Case one = Case.ofSeed(seed);
      Case other = new Case(one.name() + "-other", Case.ofSeed(seed + 1).policy(), one.sites());
      compareJoined(one, other);
    }
  }

  private static ImmutableList<Long> seeds() {
    Long only = Long.getLong("policy.seed");
    if (only != null) {
      return ImmutableList.of(only);
    }
    ImmutableList.Builder<Long> seeds = ImmutableList.builder();
    for (long seed = 1; seed <= SEEDS; seed++) {
      seeds.add(seed);
    }
    return seeds.build();
  }

  private static List<Decision> compare(Case tested) throws IOException {
    Fixture fixture = new Fixture(tested);
    List<Decision> decisions = new ArrayList<>();
    for (String name : Iterables.concat(RandomPolicies.NAMESPACES, List.of("elsewhere"))) {
      NamespacePolicy compiled = fixture.compiled.of(new Namespace(name));
      for (DataClass dataClass : compiled.classes()) {
        for (Country residency : RESIDENCIES) {
          for (Site site : tested.sites().byPop().values()) {
            Decision fast = compiled.decide(residency, dataClass, site.pop());
            Decision slow =
                fixture.naive.decide(new Namespace(name), residency, dataClass.name(), site);
            decisions.add(fast);
            if (!fast.equals(slow)) {
              String where = name + ", " + residency + ", " + dataClass.name() + ", " + site;
              assertThat(fast).as("%s: %s", tested.save(), where).isEqualTo(slow);
            }
          }
          decisions.add(compiled.decide(residency, dataClass, new PopId("nowhere")));
        }
      }
    }
    return decisions;
  }

  private static void compareJoined(Case one, Case other) throws IOException {
    Fixture first = new Fixture(one);
    Fixture second = new Fixture(other);
    Namespace shop = new Namespace("shop");
    NamespacePolicy joined = first.compiled.stricter(second.compiled).of(shop);
    for (String field : List.of("name", "user.mail", "card", "my.iban", "colour")) {
      for (String label : List.of("", "default", "cart", "identity", "odd")) {
        DataClass mine = first.compiled.of(shop).classOf(field, label);
        DataClass others = second.compiled.of(shop).classOf(field, label);
        DataClass both = joined.classOf(field, label);
        for (Site site : one.sites().byPop().values()) {
          for (Country residency : RESIDENCIES) {
            Decision a = first.naive.decide(shop, residency, mine.name(), site);
            Decision b = second.naive.decide(shop, residency, others.name(), site);
            Decision fast = joined.decide(residency, both, site.pop());
            // Lazily: what it says is also written to a file.
            Supplier<String> where =
                () -> saved(one) + " and " + saved(other) + ": " + residency + " " + site;
            assertThat(fast.mayStore()).as(where).isEqualTo(a.mayStore() && b.mayStore());
            assertThat(fast.verdict().compareTo(a.verdict())).as(where).isNotNegative();
            assertThat(fast.verdict().compareTo(b.verdict())).as(where).isNotNegative();
            if (fast.verdict() != Verdict.DENY) {
              assertThat(fast.mayAccess()).as(where).isEqualTo(a.mayAccess() && b.mayAccess());
            }
            assertThat(a.allowsAsMuchAs(fast) || b.allowsAsMuchAs(fast) || !fast.mayAccess())
                .as(where)
                .isTrue();
          }
        }
      }
    }
  }

  private static String saved(Case failed) {
    try {
      return failed.save();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A case, ready to be asked in both ways. */
  private static final class Fixture {
    private final Case tested;
    private final CompiledPolicy compiled;
    private final NaiveDecider naive;

    Fixture(Case tested) throws IOException {
      this.tested = tested;
      Policy policy =
          RandomPolicies.read(tested.policy())
              .orElseThrow(() -> new AssertionError(tested.name() + " is refused"));
      this.compiled = CompiledPolicy.compile(policy, tested.sites());
      this.naive = new NaiveDecider(policy);
    }

    Kind comparePlacement(SplittableRandom random) {
      Namespace namespace = new Namespace(random.nextBoolean() ? "shop" : "clinic");
      NamespacePolicy policy = compiled.of(namespace);
      Country residency = RESIDENCIES.get(random.nextInt(RESIDENCIES.size()));
      ClassSet present = ClassSet.NONE;
      List<DataClass> classes = new ArrayList<>();
      for (DataClass each : policy.classes()) {
        if (random.nextBoolean()) {
          present = present.plus(each);
          classes.add(each);
        }
      }
      ImmutableList<PopId> pops = tested.sites().byPop().keySet().asList();
      PopId pop = pops.get(random.nextInt(pops.size()));
      Placement placement = policy.place(residency, present, pop);
      Supplier<String> where =
          () -> saved(tested) + ": " + namespace + " " + residency + " " + classes + " " + pop;
      assertThat(placement.kind()).as(where).isEqualTo(kind(namespace, residency, classes, pop));
      assertThat(policy.mayStore(residency, present, pop))
          .as(where)
          .isEqualTo(decisions(namespace, residency, classes, pop).allMatch(Decision::mayStore));
      assertThat(policy.mayAccess(residency, present, pop))
          .as(where)
          .isEqualTo(decisions(namespace, residency, classes, pop).allMatch(Decision::mayAccess));
      Optional<PopId> nearest =
          pops.stream()
              .filter(
                  each ->
                      EnumSet.of(Kind.FOLLOW, Kind.SPLIT)
                          .contains(kind(namespace, residency, classes, each)))
              .findFirst();
      assertThat(policy.nearest(residency, present, pops)).as(where).isEqualTo(nearest);
      return placement.kind();
    }

    private Kind kind(Namespace namespace, Country residency, List<DataClass> classes, PopId pop) {
      List<Decision> decisions = decisions(namespace, residency, classes, pop).toList();
      if (decisions.stream().allMatch(Decision::mayStore)) {
        return Kind.FOLLOW;
      }
      boolean othersStay =
          decisions.stream()
              .anyMatch(each -> Set.of(Verdict.REMOTE, Verdict.DENY).contains(each.verdict()));
      if (othersStay) {
        return Kind.STAY;
      }
      if (decisions.stream().anyMatch(each -> each.verdict() == Verdict.NEAREST)) {
        return Kind.NEAREST;
      }
      return decisions.stream().anyMatch(Decision::mayStore) ? Kind.SPLIT : Kind.STAY;
    }

    private Stream<Decision> decisions(
        Namespace namespace, Country residency, List<DataClass> classes, PopId pop) {
      return classes.stream()
          .map(
              each ->
                  naive.decide(
                      namespace, residency, each.name(), tested.sites().find(pop).orElseThrow()));
    }
  }
}
