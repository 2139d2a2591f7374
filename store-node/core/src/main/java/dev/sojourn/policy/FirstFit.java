package dev.sojourn.policy;

import dev.sojourn.value.Country;
import java.util.Arrays;
import java.util.BitSet;
import java.util.OptionalInt;

/**
 * Which rule decides, for data of one class and each residency: the first that fits. Filled from
 * the top. Not thread-safe.
 *
 * <p>A rule that asks for residencies and does not name the unknown cannot be judged for a session
 * of unknown residency; it takes it all the same, so that nothing below it lets that session pass.
 */
public final class FirstFit {
  private static final int NONE = -1;
  private static final int UNKNOWN = CountrySet.CODES;

  private final int[] ruleBySlot = new int[CountrySet.CODES + 1];

  public FirstFit() {
    Arrays.fill(ruleBySlot, NONE);
  }

  /**
   * Lets a rule take what no rule above it has taken.
   *
   * @param index the rule's place in its namespace
   * @param takers those that have what it asks for are added
   * @return whether anything that it asks for was left
   */
  public boolean take(int index, Rule rule, BitSet takers) {
    boolean isLeft = false;
    CountrySet asked = rule.residencies().map(Residencies::countries).orElse(Countries.ALL);
    for (int slot = asked.nextSlot(0); slot >= 0; slot = asked.nextSlot(slot + 1)) {
      isLeft |= takeSlot(slot, index, takers);
    }
    boolean asksForUnknown = rule.residencies().map(Residencies::unknown).orElse(true);
    if (asksForUnknown) {
      isLeft |= takeSlot(UNKNOWN, index, takers);
    } else if (ruleBySlot[UNKNOWN] == NONE) {
      ruleBySlot[UNKNOWN] = index;
    }
    return isLeft;
  }

  private boolean takeSlot(int slot, int index, BitSet takers) {
    if (ruleBySlot[slot] == NONE) {
      ruleBySlot[slot] = index;
      return true;
    }
    takers.set(ruleBySlot[slot]);
    return false;
  }

  /** The place of the rule that decides; empty if none speaks of it. */
  public OptionalInt ruleFor(Country residency) {
    int index = ruleBySlot[Countries.isKnown(residency) ? CountrySet.slot(residency) : UNKNOWN];
    return index == NONE ? OptionalInt.empty() : OptionalInt.of(index);
  }
}
