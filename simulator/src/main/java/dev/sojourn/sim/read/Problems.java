package dev.sojourn.sim.read;

import com.google.common.collect.ImmutableList;
import dev.sojourn.yaml.InvalidYamlException;
import dev.sojourn.yaml.YamlProblem;
import dev.sojourn.yaml.YamlProblems;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a scenario and with all files that it names. Not thread-safe. */
final class Problems {
  private final YamlProblems own;
  private final List<YamlProblems> others = new ArrayList<>();

  Problems(YamlProblems own) {
    this.own = own;
  }

  /** Of the scenario's own file. */
  YamlProblems own() {
    return own;
  }

  void watch(YamlProblems other) {
    others.add(other);
  }

  boolean isEmpty() {
    return own.isEmpty() && others.stream().allMatch(YamlProblems::isEmpty);
  }

  /**
   * @throws InvalidYamlException if there is any problem; it tells all
   */
  void throwIfAny() throws InvalidYamlException {
    if (!isEmpty()) {
      ImmutableList.Builder<YamlProblem> all = ImmutableList.builder();
      all.addAll(own.all());
      others.forEach(each -> all.addAll(each.all()));
      throw new InvalidYamlException(all.build());
    }
  }
}
