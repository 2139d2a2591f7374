package dev.sojourn.policy;

import dev.sojourn.policy.PopColumns.Column;

/**
 * The decisions for one class and the residencies that share a rule: two for each POP, since a rule
 * may name the session's own country.
 */
final class Row {
  private final Decision[] cells;

  /** What is decided at one site; asked once for each cell, when the row is made. */
  interface Cell {
    Decision at(Column column, boolean isHome);
  }

  Row(PopColumns columns, Cell cell) {
    this.cells = new Decision[2 * columns.size()];
    for (Column column : columns.all()) {
      cells[2 * column.index()] = cell.at(column, false);
      cells[2 * column.index() + 1] = cell.at(column, true);
    }
  }

  /**
   * @param residency the slot of the session's residency
   */
  Decision at(Column column, int residency) {
    return cells[2 * column.index() + (column.country() == residency ? 1 : 0)];
  }

  Decision at(Column column, boolean isHome) {
    return cells[2 * column.index() + (isHome ? 1 : 0)];
  }
}
