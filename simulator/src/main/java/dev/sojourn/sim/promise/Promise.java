package dev.sojourn.sim.promise;

/**
 * What ours must keep in every run, each checked as it happens and at a cost that does not grow.
 */
public enum Promise {
  ONE_OWNER("for one epoch one owner, and no write is accepted below the highest epoch"),
  HINTS_ONLY_GROW("epoch and version in the hints of a device never fall"),
  READS_NEVER_GO_BACK("a read shows no less than what was acknowledged before it was sent"),
  NO_ACKNOWLEDGED_WRITE_LOST("a write counts on from what was acknowledged before it was sent"),
  PAYLOAD_EXISTS_DURABLY("while a session lives, some POP has it on disk"),
  ENDED_STAYS_ENDED("no POP owns again what was ended"),
  APPLIED_ONCE("in the end each write was applied once, and there is one copy"),
  RESIDENCY_HOLDS("nothing rests or is shown where the residency policy forbids it"),
  NO_ALARM("the core raises no alarm"),
  BOUND_ON_MOVING("expected cost is within the stated factor of the best schedule's");

  private final String what;

  Promise(String what) {
    this.what = what;
  }

  /** In a sentence, for reports. */
  public String what() {
    return what;
  }
}
