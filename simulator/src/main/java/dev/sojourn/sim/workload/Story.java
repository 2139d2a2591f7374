package dev.sojourn.sim.workload;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.move.MoveStrategy;
import dev.sojourn.core.request.Field;
import dev.sojourn.core.request.Operation;
import dev.sojourn.sim.world.Ask;
import dev.sojourn.sim.world.Patience;
import dev.sojourn.sim.world.SeededRandom;
import dev.sojourn.sim.world.World;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.PopId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What clients do, step by step. Each write appends a token of its own to the field {@code log}, so
 * that a write that was lost, or applied twice, shows.
 *
 * @param move when sessions follow
 */
public record Story(String name, MoveStrategy move, ImmutableList<Step> steps) {
  private static final long TICK_MILLIS = 100;
  private static final int TICKS_MAX = 1_200;

  /**
   * @param parallel whether the next step starts without waiting for this one's answer
   * @param pauseMillis before the next step
   */
  public record Step(
      String device,
      PopId pop,
      boolean parallel,
      long pauseMillis,
      ImmutableList<Operation> operations) {}

  /** Plays it to its end; a step that gets no answer is given up after two minutes. */
  public void play(World world) {
    List<Ask> open = new ArrayList<>();
    for (Step step : steps) {
      follow(world, step.device());
      open.add(
          world
              .device(step.device())
              .ask(step.pop(), Patience.STUBBORN, step.operations().toArray(new Operation[0])));
      for (int i = 0;
          i < TICKS_MAX && !step.parallel() && !open.stream().allMatch(Ask::isOver);
          i++) {
        world.run(TICK_MILLIS);
      }
      world.run(step.pauseMillis());
    }
    for (int i = 0; i < TICKS_MAX && !open.stream().allMatch(Ask::isOver); i++) {
      world.run(TICK_MILLIS);
    }
  }

  /** A second device joins the session of the first one. */
  private void follow(World world, String device) {
    String first = steps.get(0).device();
    if (!device.equals(first) && world.device(device).hint().isEmpty()) {
      world.device(device).carry(world.device(first).hint());
    }
  }

  /** One user goes from POP to POP and back, logs in on the way, and logs out at the end. */
  public static Story journey() {
    return new Teller("journey", MoveStrategy.always())
        .step("alice", "bos", put("cart", "hat"), log("a1;"))
        .step("alice", "nyc", log("a2;"), get())
        .step("alice", "nyc", increment("n"), log("a3;"))
        .step("alice", "tyo", log("a4;"), increment("n"))
        .step("alice", "bos", get())
        .step("alice", "bos", log("a5;"), new Operation.Rotate())
        .step("alice", "nyc", put("cart", "shoes"), log("a6;"))
        .step("alice", "tyo", new Operation.Destroy())
        .step("alice", "tyo", get())
        .told();
  }

  /** Two devices share a session and work at once at different POPs. */
  public static Story devices() {
    return new Teller("devices", MoveStrategy.always())
        .step("alice", "bos", log("a1;"))
        .beside("alice", "nyc", log("a2;"))
        .step("bob", "tyo", log("b2;"), increment("n"))
        .beside("bob", "bos", log("b3;"), get())
        .step("alice", "bos", log("a3;"), increment("n"))
        .beside("alice", "tyo", get())
        .beside("bob", "nyc", log("b4;"))
        .step("alice", "tyo", log("a4;"))
        .step("bob", "bos", get())
        .told();
  }

  /** The session stays for a while and then follows, by the default strategy. */
  public static Story commute() {
    return new Teller("commute", MoveStrategy.standard())
        .step("alice", "bos", log("a1;"))
        .step("alice", "nyc", log("a2;"))
        .step("alice", "nyc", log("a3;"))
        .step("alice", "nyc", get())
        .pause(20_000)
        .step("alice", "tyo", log("a4;"), get())
        .step("alice", "bos", log("a5;"))
        .step("alice", "bos", log("a6;"), new Operation.Rotate())
        .step("alice", "nyc", log("a7;"))
        .step("alice", "tyo", log("a8;"), get())
        .told();
  }

  /** Something drawn from a seed: who, where, what, and whether it waits. */
  public static Story drawn(long seed) {
    SeededRandom random = SeededRandom.named(seed, "story");
    MoveStrategy move = random.chance(0.6) ? MoveStrategy.always() : MoveStrategy.standard();
    Teller teller = new Teller("drawn " + seed, move).step("alice", "bos", log("a0;"));
    List<String> pops = List.of("bos", "nyc", "tyo");
    int steps = 6 + random.below(10);
    for (int i = 1; i <= steps; i++) {
      String device = random.chance(0.7) ? "alice" : "bob";
      String pop = pops.get(random.below(pops.size()));
      Operation token = log(device.charAt(0) + "" + i + ";");
      Operation[] operations =
          switch (random.below(10)) {
            case 0, 1 -> new Operation[] {get()};
            case 2, 3 -> new Operation[] {increment("n"), token};
            case 4 -> new Operation[] {put("cart", device + i), token};
            case 5 -> new Operation[] {token, new Operation.Rotate()};
            default -> new Operation[] {token, get()};
          };
      if (i == steps && random.chance(0.4)) {
        operations = new Operation[] {new Operation.Destroy()};
      }
      if (random.chance(0.3)) {
        teller.beside(device, pop, operations);
      } else {
        teller.step(device, pop, operations);
      }
      if (random.chance(0.1)) {
        teller.pause(15_000);
      }
    }
    return teller.told();
  }

  private static Operation put(String name, String value) {
    return new Operation.Put(name, new Field(bytes(value), "", Field.DEFAULT_CLASS));
  }

  private static Operation log(String token) {
    return new Operation.Append("log", bytes(token));
  }

  private static Operation increment(String name) {
    return new Operation.Increment(name, 1);
  }

  private static Operation get() {
    return new Operation.Get(ImmutableList.of());
  }

  private static Bytes bytes(String value) {
    return Bytes.copyOf(value.getBytes(StandardCharsets.UTF_8));
  }

  /** Puts a story together. */
  private static final class Teller {
    private final String name;
    private final MoveStrategy move;
    private final List<Step> steps = new ArrayList<>();

    Teller(String name, MoveStrategy move) {
      this.name = name;
      this.move = move;
    }

    Teller step(String device, String pop, Operation... operations) {
      return add(device, pop, false, operations);
    }

    Teller beside(String device, String pop, Operation... operations) {
      return add(device, pop, true, operations);
    }

    private Teller add(String device, String pop, boolean parallel, Operation... operations) {
      steps.add(new Step(device, new PopId(pop), parallel, 0, ImmutableList.copyOf(operations)));
      return this;
    }

    Teller pause(long millis) {
      Step last = steps.remove(steps.size() - 1);
      steps.add(new Step(last.device(), last.pop(), last.parallel(), millis, last.operations()));
      return this;
    }

    Story told() {
      return new Story(name, move, ImmutableList.copyOf(steps));
    }
  }
}
