package dev.sojourn.sim.fault;

import dev.sojourn.sim.world.Core;

/** Runs one case and prints the number that stands for all that happened: a process of its own. */
public final class Fingerprint {
  private Fingerprint() {}

  public static void main(String[] args) {
    System.out.println(of(args[0]));
  }

  static long of(String line) {
    return Case.parse(line).run(Core.REAL, true).trace().fingerprint();
  }
}
