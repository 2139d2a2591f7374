package dev.sojourn.policy;

import com.google.common.collect.ImmutableList;
import dev.sojourn.value.Country;
import java.util.BitSet;
import java.util.Optional;
import java.util.stream.Collectors;

/** A set of countries; {@link Country#UNKNOWN} is in none. Immutable, iterated by code. */
public final class CountrySet {
  /** How many codes of two capital letters there are. */
  static final int CODES = 26 * 26;

  public static final CountrySet NONE = new CountrySet(new BitSet());

  private static final int UNKNOWN = slot(Country.UNKNOWN);

  private final BitSet slots;

  private CountrySet(BitSet slots) {
    this.slots = slots;
  }

  public static CountrySet of(Iterable<Country> countries) {
    BitSet slots = new BitSet();
    for (Country country : countries) {
      slots.set(slot(country));
    }
    slots.clear(UNKNOWN);
    return new CountrySet(slots);
  }

  /** The number of a code in the order of codes: from 0, below {@link #CODES}. */
  static int slot(Country country) {
    String code = country.code();
    return (code.charAt(0) - 'A') * 26 + code.charAt(1) - 'A';
  }

  static Country country(int slot) {
    return new Country("" + (char) ('A' + slot / 26) + (char) ('A' + slot % 26));
  }

  public boolean contains(Country country) {
    return slots.get(slot(country));
  }

  /** The first member's slot from {@code from} on; -1 if there is none. */
  int nextSlot(int from) {
    return slots.nextSetBit(from);
  }

  public boolean isEmpty() {
    return slots.isEmpty();
  }

  public int size() {
    return slots.cardinality();
  }

  public Optional<Country> first() {
    return isEmpty() ? Optional.empty() : Optional.of(country(nextSlot(0)));
  }

  public CountrySet plus(CountrySet other) {
    BitSet sum = (BitSet) slots.clone();
    sum.or(other.slots);
    return new CountrySet(sum);
  }

  public CountrySet minus(CountrySet other) {
    BitSet rest = (BitSet) slots.clone();
    rest.andNot(other.slots);
    return new CountrySet(rest);
  }

  public CountrySet intersect(CountrySet other) {
    BitSet both = (BitSet) slots.clone();
    both.and(other.slots);
    return new CountrySet(both);
  }

  public boolean containsAll(CountrySet other) {
    return other.minus(this).isEmpty();
  }

  public ImmutableList<Country> asList() {
    return slots.stream().mapToObj(CountrySet::country).collect(ImmutableList.toImmutableList());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CountrySet set && slots.equals(set.slots);
  }

  @Override
  public int hashCode() {
    return slots.hashCode();
  }

  @Override
  public String toString() {
    return asList().stream().map(Country::code).collect(Collectors.joining(", "));
  }
}
