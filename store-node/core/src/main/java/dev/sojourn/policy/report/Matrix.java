package dev.sojourn.policy.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import dev.sojourn.policy.CompiledPolicy;
import dev.sojourn.policy.DataClass;
import dev.sojourn.policy.Decision;
import dev.sojourn.policy.NamespacePolicy;
import dev.sojourn.policy.Policy;
import dev.sojourn.policy.Sites;
import dev.sojourn.value.Country;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;

/**
 * All decisions of a namespace: a sheet for each class, a line for residencies that are treated
 * alike, a column for POPs that are treated alike.
 */
public record Matrix(String version, Namespace namespace, ImmutableList<Sheet> sheets) {

  /**
   * The decisions for one class.
   *
   * @param columns POPs that are treated alike, for every residency
   */
  public record Sheet(
      DataClass dataClass,
      ImmutableList<ImmutableList<PopId>> columns,
      ImmutableList<Line> lines) {}

  /**
   * What holds for some residencies.
   *
   * @param cells in the order of the sheet's columns
   */
  public record Line(ImmutableList<Country> residencies, ImmutableList<Decision> cells) {}

  /**
   * Asks for every decision.
   *
   * @param residencies the lines that are asked for
   * @param sites the columns that are asked for
   */
  public static Matrix of(
      Policy policy, Namespace namespace, ImmutableList<Country> residencies, Sites sites) {
    NamespacePolicy tables = CompiledPolicy.compile(policy, sites).of(namespace);
    return new Matrix(
        policy.version(),
        namespace,
        policy.classes().stream()
            .map(each -> sheet(tables, each, residencies, sites))
            .collect(ImmutableList.toImmutableList()));
  }

  private static Sheet sheet(
      NamespacePolicy tables,
      DataClass dataClass,
      ImmutableList<Country> residencies,
      Sites sites) {
    SetMultimap<ImmutableList<Decision>, PopId> alike = LinkedHashMultimap.create();
    for (PopId pop : sites.byPop().keySet()) {
      alike.put(
          residencies.stream()
              .map(residency -> tables.decide(residency, dataClass, pop))
              .collect(ImmutableList.toImmutableList()),
          pop);
    }
    ImmutableList<ImmutableList<PopId>> columns =
        alike.keySet().stream()
            .map(column -> ImmutableList.copyOf(alike.get(column)))
            .collect(ImmutableList.toImmutableList());
    SetMultimap<ImmutableList<Decision>, Country> lines = LinkedHashMultimap.create();
    for (Country residency : residencies) {
      lines.put(
          columns.stream()
              .map(column -> tables.decide(residency, dataClass, column.get(0)))
              .collect(ImmutableList.toImmutableList()),
          residency);
    }
    return new Sheet(
        dataClass,
        columns,
        lines.keySet().stream()
            .map(line -> new Line(ImmutableList.copyOf(lines.get(line)), line))
            .collect(ImmutableList.toImmutableList()));
  }
}
