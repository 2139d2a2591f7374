package dev.sojourn.sim.scenario;

import dev.sojourn.sim.world.Boundary;
import dev.sojourn.sim.world.Boundary.Moment;
import dev.sojourn.sim.world.Crash;
import dev.sojourn.sim.world.Fate;
import dev.sojourn.sim.world.Faults;
import dev.sojourn.sim.world.Sent;
import dev.sojourn.value.PopId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The faults that a scenario has asked for so far. The first rule that matches decides. */
final class FaultScript implements Faults {
  private final List<Rule> rules = new ArrayList<>();
  private final List<Armed> armed = new ArrayList<>();
  private final Map<String, Integer> sentByKind = new LinkedHashMap<>();

  /**
   * @param once whether it is used up by the first message that it matches
   */
  private record Rule(Predicate<Sent> matching, Fate fate, boolean once) {}

  private record Armed(PopId pop, Moment moment, String what, Crash crash) {}

  void rule(Predicate<Sent> matching, Fate fate, boolean once) {
    rules.add(new Rule(matching, fate, once));
  }

  /** Lifts what holds messages back. */
  void stopHolding() {
    rules.removeIf(rule -> rule.fate().kind() == Fate.Kind.HELD);
  }

  /** Lets the POP die at the next boundary of that kind whose description has these words. */
  void arm(PopId pop, Moment moment, String what, Crash crash) {
    armed.add(new Armed(pop, moment, what, crash));
  }

  /** The crashes that were asked for and have not come about. */
  List<String> unused() {
    List<String> left = new ArrayList<>();
    armed.forEach(
        each -> left.add("crash of " + each.pop() + " " + each.moment() + " " + each.what()));
    rules.stream()
        .filter(Rule::once)
        .forEach(rule -> left.add("a message to be " + rule.fate().kind()));
    return left;
  }

  int sent(String kind) {
    return sentByKind.getOrDefault(kind, 0);
  }

  @Override
  public Fate fateOf(Sent sent) {
    sentByKind.merge(sent.kind(), 1, Integer::sum);
    for (Rule rule : rules) {
      if (rule.matching().test(sent)) {
        if (rule.once()) {
          rules.remove(rule);
        }
        return rule.fate();
      }
    }
    return Fate.DELIVERED;
  }

  @Override
  public Optional<Crash> crashAt(Boundary boundary) {
    for (Armed each : armed) {
      if (each.pop().equals(boundary.pop())
          && each.moment() == boundary.moment()
          && (each.what().isEmpty()
              || (" " + boundary.what() + " ").contains(" " + each.what() + " "))) {
        armed.remove(each);
        return Optional.of(each.crash());
      }
    }
    return Optional.empty();
  }
}
