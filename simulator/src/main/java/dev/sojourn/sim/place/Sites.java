package dev.sojourn.sim.place;

import com.google.common.collect.ImmutableList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/** The POPs of a run, in a fixed order; elsewhere each is its number in this order. Immutable. */
public final class Sites {
  private final ImmutableList<Site> all;
  private final Sphere sphere;
  private final Map<String, Integer> byId = new LinkedHashMap<>();

  public Sites(ImmutableList<Site> all) {
    this.all = all;
    this.sphere = new Sphere(all.size());
    for (Site site : all) {
      byId.put(site.id().name(), byId.size());
      sphere.add(site.lat(), site.lon());
    }
  }

  public ImmutableList<Site> all() {
    return all;
  }

  public int size() {
    return all.size();
  }

  public Site get(int pop) {
    return all.get(pop);
  }

  public OptionalInt indexOf(String id) {
    Integer found = byId.get(id);
    return found == null ? OptionalInt.empty() : OptionalInt.of(found);
  }

  public Iterable<String> ids() {
    return byId.keySet();
  }

  public double km(int a, int b) {
    return sphere.km(a, b);
  }

  /** The POP that anycast leads a user at that place to: the nearest one. */
  public int nearest(double lat, double lon) {
    return sphere.nearest(lat, lon);
  }

  /** The nearest other POP that is at least so far away; {@code pop} itself if there is none. */
  public int nearestOther(int pop, double kmMin) {
    return sphere.nearestOther(pop, kmMin);
  }
}
