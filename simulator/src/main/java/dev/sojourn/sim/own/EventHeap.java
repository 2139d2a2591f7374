package dev.sojourn.sim.own;

import java.util.Arrays;

/**
 * What is to happen, by its instant; what falls on one instant in the order in which it was
 * planned. A binary heap in arrays: no object for each entry but the action itself.
 */
final class EventHeap {
  private long[] atMicros = new long[1 << 12];
  private long[] order = new long[1 << 12];
  private Runnable[] actions = new Runnable[1 << 12];
  private int size;
  private long planned;

  boolean isEmpty() {
    return size == 0;
  }

  long planned() {
    return planned;
  }

  /** {@link Long#MAX_VALUE} if nothing is planned. */
  long nextMicros() {
    return size == 0 ? Long.MAX_VALUE : atMicros[0];
  }

  void add(long micros, Runnable action) {
    if (size == actions.length) {
      atMicros = Arrays.copyOf(atMicros, 2 * size);
      order = Arrays.copyOf(order, 2 * size);
      actions = Arrays.copyOf(actions, 2 * size);
    }
    long mine = planned++;
    int hole = size++;
    while (hole > 0) {
      int parent = (hole - 1) >>> 1;
      if (atMicros[parent] <= micros) {
        break;
      }
      move(parent, hole);
      hole = parent;
    }
    put(hole, micros, mine, action);
  }

  /** Takes the next one away. */
  Runnable poll() {
    Runnable next = actions[0];
    size--;
    long micros = atMicros[size];
    long mine = order[size];
    Runnable action = actions[size];
    Arrays.fill(actions, size, size + 1, null);
    if (size == 0) {
      return next;
    }
    int hole = 0;
    while (true) {
      int child = 2 * hole + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && isBefore(child + 1, atMicros[child], order[child])) {
        child++;
      }
      if (!isBefore(child, micros, mine)) {
        break;
      }
      move(child, hole);
      hole = child;
    }
    put(hole, micros, mine, action);
    return next;
  }

  private boolean isBefore(int cell, long micros, long mine) {
    return atMicros[cell] < micros || (atMicros[cell] == micros && order[cell] < mine);
  }

  private void move(int from, int to) {
    put(to, atMicros[from], order[from], actions[from]);
  }

  private void put(int cell, long micros, long mine, Runnable action) {
    atMicros[cell] = micros;
    order[cell] = mine;
    actions[cell] = action;
  }
}
