package dev.sojourn.sim.swarm;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.sojourn.sim.world.Boundary.Moment;
import dev.sojourn.sim.world.Crash;
import dev.sojourn.sim.world.Fate;
import dev.sojourn.sim.world.Network;
import dev.sojourn.value.PopId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A plan as lines that a person can read and change, and that can be played again whatever becomes
 * of the way in which plans are drawn. A line that starts with {@code #} says nothing.
 */
public final class PlanText {
  private PlanText() {}

  public static List<String> write(Plan plan) {
    Shape shape = plan.shape();
    List<String> lines = new ArrayList<>();
    lines.add("world seed " + shape.seed() + " network " + shape.mode() + " move " + shape.move());
    lines.add("sync " + shape.syncMillis());
    lines.add(("pops " + words(shape.pops())).trim());
    lines.add(("traits " + words(shape.traits())).trim());
    for (Shape.Way way : shape.ways()) {
      String line =
          "way %s %s rtt %d jitter %d"
              .formatted(way.one(), way.other(), way.rttMillis(), way.jitterMillis());
      lines.add(way.bytesPerSecond() == 0 ? line : line + " rate " + way.bytesPerSecond());
    }
    shape.drifts().forEach(each -> lines.add("drift " + each.pop() + " " + each.ppm()));
    lines.add("residency " + shape.residency());
    for (Rule each : shape.rules()) {
      lines.add(
          "rule %s store %s access %s else %s"
              .formatted(each.dataClass(), each.store(), each.access(), each.otherwise()));
    }
    lines.add("grace " + shape.graceSeconds());
    for (Rule each : shape.laterRules()) {
      lines.add(
          "later %s store %s access %s else %s"
              .formatted(each.dataClass(), each.store(), each.access(), each.otherwise()));
    }
    plan.acts().forEach(act -> lines.add(write(act)));
    for (Trouble each : plan.troubles()) {
      lines.add(
          "trouble at %d %s %s %s %d"
              .formatted(each.atMillis(), each.kind(), each.pop(), each.other(), each.millis()));
    }
    if (plan.strikes().isPresent()) {
      lines.add("strikes listed");
      plan.strikes().get().forEach(strike -> lines.add(write(strike)));
    }
    return lines;
  }

  private static String words(Iterable<?> all) {
    List<String> words = new ArrayList<>();
    all.forEach(each -> words.add(each.toString()));
    return String.join(" ", words);
  }

  private static String write(Act act) {
    String what;
    if (act.doing() instanceof Act.Request request) {
      what = request.with() + " " + request.temper() + " " + request.operations();
    } else if (act.doing() instanceof Act.Repeat repeat) {
      what = "repeats " + repeat.number();
    } else if (act.doing() instanceof Act.Carry carry) {
      what = "carries " + carry.from();
    } else {
      throw new IllegalStateException("nothing else can be done: " + act);
    }
    return "act %d after %d %s %s %s %s"
        .formatted(
            act.number(),
            act.pauseMillis(),
            act.device(),
            act.pop(),
            act.waits() ? "waits" : "goes-on",
            what);
  }

  private static String write(Strike strike) {
    if (strike instanceof Strike.OfMessage each) {
      return "strike message %s %s %s %d %s %d"
          .formatted(
              each.kind(),
              each.from(),
              each.to(),
              each.ordinal(),
              each.fate().kind(),
              each.fate().millis());
    }
    Strike.OfProcess each = (Strike.OfProcess) strike;
    return "strike boundary %s %s %d %s %s %d"
        .formatted(
            each.pop(),
            each.moment(),
            each.ordinal(),
            each.crash().victim(),
            each.crash().kept(),
            each.crash().downMillis());
  }

  /**
   * @throws IllegalArgumentException naming the line, if it is not one that {@link #write} writes
   */
  public static Plan parse(List<String> lines) {
    Reader reader = new Reader();
    int number = 0;
    for (String line : lines) {
      number++;
      if (!line.isBlank() && !line.startsWith("#")) {
        try {
          reader.read(line.split(" "));
        } catch (RuntimeException e) {
          throw new IllegalArgumentException(
              "line " + number + " is not of a plan: `" + line + "`", e);
        }
      }
    }
    return reader.plan();
  }

  /** What was read so far. */
  private static final class Reader {
    private long seed;
    private Network.Mode mode = Network.Mode.STRICT;
    private Shape.Move move = Shape.Move.ALWAYS;
    private long syncMillis = 1;
    private ImmutableList<PopId> pops = ImmutableList.of();
    private ImmutableSet<Shape.Trait> traits = ImmutableSet.of();
    private final ImmutableList.Builder<Shape.Way> ways = ImmutableList.builder();
    private final ImmutableList.Builder<Shape.Drift> drifts = ImmutableList.builder();
    private final ImmutableList.Builder<Act> acts = ImmutableList.builder();
    private final ImmutableList.Builder<Trouble> troubles = ImmutableList.builder();
    private final ImmutableList.Builder<Strike> strikes = ImmutableList.builder();
    private final ImmutableList.Builder<Rule> rules = ImmutableList.builder();
    private final ImmutableList.Builder<Rule> laterRules = ImmutableList.builder();
    private long graceSeconds;
    private String residency = "US";
    private boolean listed;

    void read(String[] word) {
      switch (word[0]) {
        case "world" -> {
          seed = Long.parseLong(word[2]);
          mode = Network.Mode.valueOf(word[4]);
          move = Shape.Move.valueOf(word[6]);
        }
        case "sync" -> syncMillis = Long.parseLong(word[1]);
        case "pops" -> pops = rest(word).map(PopId::new).collect(ImmutableList.toImmutableList());
        case "traits" ->
            traits = rest(word).map(Shape.Trait::valueOf).collect(ImmutableSet.toImmutableSet());
        case "way" ->
            ways.add(
                new Shape.Way(
                    new PopId(word[1]),
                    new PopId(word[2]),
                    Long.parseLong(word[4]),
                    Long.parseLong(word[6]),
                    word.length > 8 ? Long.parseLong(word[8]) : 0));
        case "drift" -> drifts.add(new Shape.Drift(new PopId(word[1]), Long.parseLong(word[2])));
        case "residency" -> residency = word[1];
        case "rule" -> rules.add(new Rule(word[1], word[3], word[5], word[7]));
        case "grace" -> graceSeconds = Long.parseLong(word[1]);
        case "later" -> laterRules.add(new Rule(word[1], word[3], word[5], word[7]));
        case "act" -> acts.add(act(word));
        case "trouble" ->
            troubles.add(
                new Trouble(
                    Long.parseLong(word[2]),
                    Trouble.Kind.valueOf(word[3]),
                    new PopId(word[4]),
                    new PopId(word[5]),
                    Long.parseLong(word[6])));
        case "strikes" -> listed = true;
        case "strike" -> strikes.add(strike(word));
        default -> throw new IllegalArgumentException(word[0]);
      }
    }

    private static Stream<String> rest(String[] word) {
      return Stream.of(word).skip(1);
    }

    private static Act act(String[] word) {
      Act.Doing doing =
          switch (word[7]) {
            case "repeats" -> new Act.Repeat(Integer.parseInt(word[8]));
            case "carries" -> new Act.Carry(word[8]);
            default ->
                new Act.Request(
                    Act.Credential.valueOf(word[7]),
                    Act.Temper.valueOf(word[8]),
                    Stream.of(word).skip(9).collect(Collectors.joining(" ")));
          };
      return new Act(
          Integer.parseInt(word[1]),
          Long.parseLong(word[3]),
          word[4],
          new PopId(word[5]),
          word[6].equals("waits"),
          doing);
    }

    private static Strike strike(String[] word) {
      if (word[1].equals("message")) {
        return new Strike.OfMessage(
            word[2],
            new PopId(word[3]),
            new PopId(word[4]),
            Integer.parseInt(word[5]),
            new Fate(Fate.Kind.valueOf(word[6]), Long.parseLong(word[7])));
      }
      return new Strike.OfProcess(
          new PopId(word[2]),
          Moment.valueOf(word[3]),
          Integer.parseInt(word[4]),
          new Crash(new PopId(word[5]), Crash.Kept.valueOf(word[6]), Long.parseLong(word[7])));
    }

    Plan plan() {
      return new Plan(
          new Shape(
              seed,
              pops,
              mode,
              move,
              traits,
              syncMillis,
              ways.build(),
              drifts.build(),
              rules.build(),
              laterRules.build(),
              graceSeconds,
              residency),
          acts.build(),
          troubles.build(),
          listed ? Optional.of(strikes.build()) : Optional.empty());
    }
  }
}
