package dev.sojourn.sim.check;

/** Something happened that must never happen. */
public final class InvariantViolated extends RuntimeException {
  private static final long serialVersionUID = 1;

  public InvariantViolated(Invariant invariant, String what) {
    super(invariant.getClass().getSimpleName() + ": " + what);
  }
}
