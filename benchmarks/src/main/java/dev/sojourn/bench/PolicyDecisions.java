package dev.sojourn.bench;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.sojourn.policy.CompiledPolicy;
import dev.sojourn.policy.Countries;
import dev.sojourn.policy.DataClass;
import dev.sojourn.policy.Decision;
import dev.sojourn.policy.NamespacePolicy;
import dev.sojourn.policy.Policy;
import dev.sojourn.policy.Rule;
import dev.sojourn.policy.Site;
import dev.sojourn.policy.Sites;
import dev.sojourn.policy.Verdict;
import dev.sojourn.policy.read.PolicyReader;
import dev.sojourn.value.Country;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import dev.sojourn.yaml.InvalidYamlException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A decision of a compiled policy, against its rules judged one by one and against one look-up in a
 * hash map that holds every answer: 1,000 rules, 20 classes, 400 POPs.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 7, time = 1)
public class PolicyDecisions {
  private static final Namespace SHOP = new Namespace("shop");
  private static final int CLASSES = 20;
  private static final int COUNTRIES = 50;
  private static final int POPS = 400;
  private static final int QUESTIONS = 1 << 9;

  private record Question(Country residency, DataClass dataClass, PopId pop) {}

  /** What a hash map needs as its key, made beforehand, so that nothing is made on the way. */
  private final Question[] questions = new Question[QUESTIONS];

  private final Map<Question, Decision> everyAnswer = new HashMap<>();
  private final Map<PopId, Decision> byPop = new HashMap<>();
  private final Map<PopId, Site> sites = new HashMap<>();
  private ImmutableList<Rule> rules = ImmutableList.of();
  private NamespacePolicy compiled =
      CompiledPolicy.compile(thousandRules(), Sites.of(ImmutableList.of())).of(SHOP);
  private int next;

  @Setup
  public void setUp() {
    Policy policy = thousandRules();
    rules = policy.rulesOf(SHOP);
    ImmutableList<Country> countries = Countries.ALL.asList();
    for (int i = 0; i < POPS; i++) {
      PopId pop = new PopId("pop" + i);
      Country country = countries.get(i % countries.size());
      sites.put(pop, new Site(pop, country, ImmutableSet.of(i % 2 == 0 ? "even" : "odd")));
    }
    compiled = CompiledPolicy.compile(policy, Sites.of(sites.values())).of(SHOP);
    for (Country residency : countries.subList(0, COUNTRIES)) {
      for (DataClass dataClass : policy.classes().subList(0, CLASSES)) {
        for (PopId pop : sites.keySet()) {
          Decision decision = compiled.decide(residency, dataClass, pop);
          everyAnswer.put(new Question(residency, dataClass, pop), decision);
          byPop.put(pop, decision);
        }
      }
    }
    // Equal to those of the tables and not the same, as if they had come in a message.
    PopId[] asked = new PopId[POPS];
    Arrays.setAll(asked, i -> new PopId("pop" + i));
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < QUESTIONS; i++) {
      Question question =
          new Question(
              countries.get(random.nextInt(COUNTRIES)),
              policy.classes().get(random.nextInt(CLASSES)),
              asked[random.nextInt(POPS)]);
      questions[i] = question;
      checkSame(question);
    }
  }

  private void checkSame(Question question) {
    if (oneByOne(question) != compiled(question).verdict()) {
      throw new IllegalStateException("they do not agree on " + question);
    }
  }

  @Benchmark
  public Decision compiled() {
    return compiled(question());
  }

  /** A map with every answer, as many as 400,000. */
  @Benchmark
  public @Nullable Decision hashOfEveryAnswer() {
    return everyAnswer.get(question());
  }

  /** A map of the POPs alone, that fits in the fastest cache and knows one class and residency. */
  @Benchmark
  public @Nullable Decision hashOfPops() {
    return byPop.get(question().pop());
  }

  @Benchmark
  public Verdict oneByOne() {
    return oneByOne(question());
  }

  private Question question() {
    next = (next + 1) & (QUESTIONS - 1);
    return questions[next];
  }

  private Decision compiled(Question question) {
    return compiled.decide(question.residency(), question.dataClass(), question.pop());
  }

  /** The first rule that fits decides; all countries are known here. */
  private Verdict oneByOne(Question question) {
    Site site = Objects.requireNonNull(sites.get(question.pop()));
    for (Rule rule : rules) {
      if (rule.speaksOf(question.dataClass().name())
          && rule.asksFor(question.residency()).orElseThrow()) {
        boolean mayStore = rule.store().contains(site, question.residency()).orElseThrow();
        boolean maySee = rule.access().contains(site, question.residency()).orElseThrow();
        Verdict otherwise = rule.otherwise().verdict();
        return mayStore
            ? Verdict.STORE
            : maySee || otherwise != Verdict.REMOTE ? otherwise : Verdict.DENY;
      }
    }
    return question.dataClass().sensitive() ? Verdict.DENY : Verdict.STORE;
  }

  /** A rule for each class and residency, so that each has to be looked at. */
  private static Policy thousandRules() {
    StringBuilder text = new StringBuilder("version: 1\nclasses:\n");
    for (int i = 0; i < CLASSES; i++) {
      text.append("  c")
          .append(i)
          .append(": {sensitive: true, fields: [f")
          .append(i)
          .append("]}\n");
    }
    text.append("namespaces:\n  shop:\n    rules:\n");
    int count = 0;
    for (Country country : Countries.ALL.asList().subList(0, COUNTRIES)) {
      for (int i = 0; i < CLASSES; i++) {
        text.append("      - {id: r").append(count++).append(", why: w, when: {residency: ");
        text.append(country).append(", class: c").append(i);
        text.append(
            "}, store: [home, label:even], access: [anywhere, label:even], else: remote}\n");
      }
    }
    try {
      return PolicyReader.read("policy.yaml", text.toString().getBytes(StandardCharsets.UTF_8));
    } catch (InvalidYamlException e) {
      throw new IllegalStateException(e);
    }
  }
}
