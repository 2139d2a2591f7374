package dev.sojourn.sim.mobility;

import dev.sojourn.sim.chance.Draws;
import dev.sojourn.value.Country;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Users who were where a trace says. Immutable. */
public final class Replay implements Mobility {
  private final List<long[]> instants;
  private final List<int[]> pops;
  private final List<Country> residencies;
  private final long fromMillis;
  private final long lengthMillis;

  private Replay(
      List<long[]> instants,
      List<int[]> pops,
      List<Country> residencies,
      long fromMillis,
      long lengthMillis) {
    this.instants = instants;
    this.pops = pops;
    this.residencies = residencies;
    this.fromMillis = fromMillis;
    this.lengthMillis = lengthMillis;
  }

  public int users() {
    return pops.size();
  }

  /** From the first row to an hour after the last. */
  public long lengthMillis() {
    return lengthMillis;
  }

  /** How many rows there are. */
  public long rows() {
    return pops.stream().mapToLong(each -> each.length).sum();
  }

  /** The most rows that so many users have together, of all such groups in the order of users. */
  public long rowsMax(int usersTogether) {
    long most = 0;
    long rows = 0;
    for (int user = 0; user < pops.size(); user++) {
      rows = user % usersTogether == 0 ? 0 : rows;
      rows += pops.get(user).length;
      most = Math.max(most, rows);
    }
    return most;
  }

  @Override
  public void walk(int user, Draws draws, Walk walk) {
    walk.residentOf(residencies.get(user));
    long[] at = instants.get(user);
    int[] where = pops.get(user);
    for (int i = 0; i < at.length; i++) {
      walk.go(at[i] - fromMillis, where[i]);
    }
  }

  /** Takes rows in the order of the file. Not thread-safe. */
  public static final class Builder {
    private static final long AFTERWARDS_MILLIS = 3_600_000;

    private final Map<String, Rows> users = new LinkedHashMap<>();

    private static final class Rows {
      private final Country residency;
      private long[] atMillis = new long[4];
      private int[] pops = new int[4];
      private int size;

      Rows(Country residency) {
        this.residency = residency;
      }

      boolean add(long at, int pop) {
        if (size > 0 && at < atMillis[size - 1]) {
          return false;
        }
        if (size == pops.length) {
          atMillis = Arrays.copyOf(atMillis, 2 * size);
          pops = Arrays.copyOf(pops, 2 * size);
        }
        atMillis[size] = at;
        pops[size++] = pop;
        return true;
      }
    }

    /**
     * Whether it was taken: not if the same user was somewhere later already.
     *
     * @param residency of the user, if it is his first row
     */
    public boolean add(String user, long atMillis, int pop, Country residency) {
      return users.computeIfAbsent(user, each -> new Rows(residency)).add(atMillis, pop);
    }

    public boolean isEmpty() {
      return users.isEmpty();
    }

    public Replay build() {
      List<long[]> instants = new ArrayList<>();
      List<int[]> pops = new ArrayList<>();
      List<Country> residencies = new ArrayList<>();
      long first = Long.MAX_VALUE;
      long last = Long.MIN_VALUE;
      for (Rows rows : users.values()) {
        instants.add(Arrays.copyOf(rows.atMillis, rows.size));
        residencies.add(rows.residency);
        pops.add(Arrays.copyOf(rows.pops, rows.size));
        first = Math.min(first, rows.atMillis[0]);
        last = Math.max(last, rows.atMillis[rows.size - 1]);
      }
      return new Replay(instants, pops, residencies, first, last - first + AFTERWARDS_MILLIS);
    }
  }
}
