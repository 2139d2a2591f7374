package dev.sojourn.sim.promise;

/** A run shows that the protocol, or the claim about its cost, is wrong. */
public final class PromiseBroken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PromiseBroken(Promise promise, String what) {
    super(promise + ": " + what);
  }
}
