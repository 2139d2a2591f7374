package dev.sojourn.policy;

/** On what a decision rests; of two decisions that are joined, the later ground is told. */
public enum Ground {
  /** No rule speaks of it, the class is not sensitive, and all countries are known. */
  SILENT("no rule speaks of it, and the class is not sensitive"),
  /** A rule fitted. */
  RULE("a rule decides"),
  /** No rule speaks of it, and the class is sensitive. */
  SILENT_SENSITIVE("no rule speaks of it, and the class is sensitive"),
  /** A rule that may fit cannot be judged, or none fits, since the residency is not known. */
  UNKNOWN_RESIDENCY("the session's residency is not known"),
  /** The rule that fits cannot be judged, or none fits, since the POP's country is not known. */
  UNKNOWN_COUNTRY("the POP's country is not known"),
  /** The application labels the field with a class that the policy does not declare. */
  UNDECLARED_CLASS("the policy declares no such class"),
  /** The topology that the policy was compiled for does not have the POP. */
  UNKNOWN_POP("the topology has no such POP");

  private final String sentence;

  Ground(String sentence) {
    this.sentence = sentence;
  }

  /** For a person; lower case, no full stop. */
  public String sentence() {
    return sentence;
  }
}
