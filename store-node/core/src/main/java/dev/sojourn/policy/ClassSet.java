package dev.sojourn.policy;

import java.util.BitSet;

/**
 * Classes of one {@link NamespacePolicy}, as those that a session has fields of. Immutable. A set
 * is of use only with the policy whose classes it was made of.
 */
public final class ClassSet {
  public static final ClassSet NONE = new ClassSet(new BitSet());

  // By position.
  private final BitSet members;

  private ClassSet(BitSet members) {
    this.members = members;
  }

  public static ClassSet of(DataClass... classes) {
    BitSet members = new BitSet();
    for (DataClass each : classes) {
      members.set(each.position());
    }
    return new ClassSet(members);
  }

  public ClassSet plus(DataClass dataClass) {
    return contains(dataClass) ? this : plus(of(dataClass));
  }

  public ClassSet plus(ClassSet others) {
    BitSet sum = (BitSet) members.clone();
    sum.or(others.members);
    return new ClassSet(sum);
  }

  public ClassSet minus(ClassSet others) {
    BitSet rest = (BitSet) members.clone();
    rest.andNot(others.members);
    return new ClassSet(rest);
  }

  public boolean contains(DataClass dataClass) {
    return members.get(dataClass.position());
  }

  public boolean isEmpty() {
    return members.isEmpty();
  }

  public int size() {
    return members.cardinality();
  }

  /** The position of the first member from {@code from} on; -1 if there is none. */
  public int next(int from) {
    return members.nextSetBit(from);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClassSet set && members.equals(set.members);
  }

  @Override
  public int hashCode() {
    return members.hashCode();
  }

  @Override
  public String toString() {
    return members.toString();
  }
}
