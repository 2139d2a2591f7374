package dev.sojourn.policy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;

/**
 * What a policy says of one residency, class and POP: the verdict, the rules that made it, and the
 * rules that could not be judged (Cedar's triple: cedar-spec, {@code Authorizer.lean}). Immutable;
 * a compiled policy hands out the same few again and again.
 *
 * @param verdict {@link Verdict#STORE} only with {@code mayAccess}, {@link Verdict#DENY} only
 *     without
 * @param mayAccess whether the data may be seen there: in a request, a result, or in passing
 * @param ground why, where no rule decided
 * @param deciding at most one, and one for each policy if two were joined
 * @param erring rules that could not be judged, and therefore deny; at most one for each policy
 */
public record Decision(
    Verdict verdict,
    boolean mayAccess,
    Ground ground,
    ImmutableList<RuleId> deciding,
    ImmutableList<RuleId> erring) {

  /**
   * @throws IllegalArgumentException if data may be stored where it may not be seen, or seen where
   *     all is denied
   */
  public Decision {
    if ((verdict == Verdict.STORE && !mayAccess) || (verdict == Verdict.DENY && mayAccess)) {
      throw new IllegalArgumentException(verdict + " with access " + mayAccess);
    }
  }

  static Decision deny(Ground ground) {
    return new Decision(Verdict.DENY, false, ground, ImmutableList.of(), ImmutableList.of());
  }

  /** Where {@code rule} cannot be judged. */
  static Decision err(Ground ground, RuleId rule) {
    return new Decision(Verdict.DENY, false, ground, ImmutableList.of(), ImmutableList.of(rule));
  }

  static Decision open() {
    return new Decision(Verdict.STORE, true, Ground.SILENT, ImmutableList.of(), ImmutableList.of());
  }

  /** What {@code rule} says of a POP where it allows this much. */
  static Decision of(Rule rule, boolean mayStore, boolean mayAccess) {
    return normal(
        mayStore && mayAccess ? Verdict.STORE : rule.otherwise().verdict(),
        mayAccess,
        Ground.RULE,
        ImmutableList.of(rule.id()),
        ImmutableList.of());
  }

  public boolean mayStore() {
    return verdict == Verdict.STORE;
  }

  /**
   * What both allow: data rests and is seen where either would have it, and where they differ on
   * what else to do, less moves. The rules of the one that is stricter are named, of both where
   * each is in a part.
   */
  public Decision stricter(Decision other) {
    if (equals(other)) {
      return this;
    }
    Decision both =
        normal(
            verdict.stricter(other.verdict),
            mayAccess && other.mayAccess,
            ground.compareTo(other.ground) >= 0 ? ground : other.ground,
            join(deciding, other.deciding),
            join(erring, other.erring));
    boolean isMine = allowsAsMuchAs(both);
    boolean isOthers = other.allowsAsMuchAs(both);
    return isMine == isOthers ? both : isMine ? this : other;
  }

  /** Whether it comes to the same, whatever made it so. */
  public boolean allowsAsMuchAs(Decision other) {
    return verdict == other.verdict && mayAccess == other.mayAccess;
  }

  private static ImmutableList<RuleId> join(
      ImmutableList<RuleId> some, ImmutableList<RuleId> more) {
    return ImmutableSet.<RuleId>builder().addAll(some).addAll(more).build().asList();
  }

  /** Where nothing may be seen, there is nothing to serve from afar: that is a refusal. */
  private static Decision normal(
      Verdict verdict,
      boolean mayAccess,
      Ground ground,
      ImmutableList<RuleId> deciding,
      ImmutableList<RuleId> erring) {
    boolean isRefusal = verdict == Verdict.DENY || (verdict == Verdict.REMOTE && !mayAccess);
    return new Decision(
        isRefusal ? Verdict.DENY : verdict, mayAccess && !isRefusal, ground, deciding, erring);
  }
}
