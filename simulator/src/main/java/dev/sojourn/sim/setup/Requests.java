package dev.sojourn.sim.setup;

import dev.sojourn.sim.chance.Draws;
import dev.sojourn.sim.mobility.Walk;
import dev.sojourn.sim.terms.Request;
import dev.sojourn.sim.terms.Session;
import dev.sojourn.value.Country;
import java.util.Arrays;

/**
 * What the users of one partition ask, in arrays: session after session, each in the order of time.
 * Every strategy of a run is given this very list. Immutable once made.
 */
public final class Requests {
  private static final byte WRITE = 1;
  private static final byte SECOND_DEVICE = 2;
  private static final byte LOGOUT = 4;
  private static final byte BY_NAME = 8;

  private long[] atMillis = new long[1 << 12];
  private int[] pops = new int[1 << 12];
  private int[] sessions = new int[1 << 12];
  private byte[] flags = new byte[1 << 12];
  private int[] firsts = new int[1 << 8];
  private Country[] residencies = new Country[1 << 8];
  private int size;
  private int sessionCount;

  private Requests() {}

  /**
   * Draws what these users ask.
   *
   * @param fromUser the first one
   * @param toUser the one after the last
   */
  public static Requests of(Scenario scenario, int fromUser, int toUser) {
    Requests made = new Requests();
    double[] longitudes = scenario.sites().all().stream().mapToDouble(site -> site.lon()).toArray();
    Walk walk = new Walk(longitudes);
    long[] instants = new long[16];
    for (int user = fromUser; user < toUser; user++) {
      Draws draws = new Draws(scenario.seed(), user);
      walk.clear();
      scenario.population().of(user).walk(user, draws, walk);
      int max = scenario.population().visits().requestsMax(scenario.workload());
      int room = max >= 0 ? max : walk.stops() * scenario.workload().requests();
      if (instants.length < room) {
        instants = new long[room];
      }
      int count =
          scenario
              .population()
              .visits()
              .draw(walk, scenario.workload(), scenario.lengthMillis(), draws, instants);
      Arrays.sort(instants, 0, count);
      made.addUser(scenario, walk, draws, instants, count);
    }
    made.closeSessions();
    return made;
  }

  private void addUser(Scenario scenario, Walk walk, Draws draws, long[] instants, int count) {
    long last = Long.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      long at = Math.max(instants[i], last == Long.MIN_VALUE ? 0 : last + 50);
      if (walk.popAt(at) == Walk.OFFLINE) {
        // Somebody in the air asks when he has landed, one thing after the other.
        at = walk.onlineMillis(at);
      } else if (at != instants[i]) {
        at += 150 + (long) draws.exponential(scenario.workload().thinkMillis());
      }
      if (at >= scenario.lengthMillis() || walk.popAt(at) == Walk.OFFLINE) {
        break;
      }
      boolean isNew = last == Long.MIN_VALUE || at - last >= scenario.session().idleMillis();
      if (isNew) {
        endSession(scenario, draws);
        beginSession(walk.residency());
      }
      byte flag = 0;
      int pop = walk.popAt(at);
      if (walk.secondShare() > 0 && !isNew && draws.chance(walk.secondShare())) {
        pop = walk.second();
        flag |= walk.secondIsDevice() ? SECOND_DEVICE : 0;
      }
      if (isNew || draws.chance(scenario.workload().writes())) {
        flag |= WRITE;
      }
      double byName = scenario.workload().byName();
      if (byName > 0 && !isNew && draws.chance(byName)) {
        flag |= BY_NAME;
      }
      add(at, scenario.outages().routed(pop, at), flag);
      last = at;
    }
    endSession(scenario, draws);
  }

  private void endSession(Scenario scenario, Draws draws) {
    boolean hasSession = sessionCount > 0 && size > firsts[sessionCount - 1];
    boolean isLong = hasSession && size - firsts[sessionCount - 1] > 1;
    if (isLong && draws.chance(scenario.session().logout())) {
      flags[size - 1] |= LOGOUT | WRITE;
    }
  }

  private void beginSession(Country residency) {
    if (sessionCount + 1 >= firsts.length) {
      firsts = Arrays.copyOf(firsts, 2 * firsts.length);
      residencies = Arrays.copyOf(residencies, firsts.length);
    }
    residencies[sessionCount] = residency;
    firsts[sessionCount++] = size;
  }

  private void closeSessions() {
    firsts = Arrays.copyOf(firsts, sessionCount + 1);
    firsts[sessionCount] = size;
  }

  private void add(long at, int pop, byte flag) {
    if (size == pops.length) {
      atMillis = Arrays.copyOf(atMillis, 2 * size);
      pops = Arrays.copyOf(pops, 2 * size);
      sessions = Arrays.copyOf(sessions, 2 * size);
      flags = Arrays.copyOf(flags, 2 * size);
    }
    atMillis[size] = at;
    pops[size] = pop;
    sessions[size] = sessionCount - 1;
    flags[size++] = flag;
  }

  public int size() {
    return size;
  }

  public int sessions() {
    return sessionCount;
  }

  public long atMillis(int request) {
    return atMillis[request];
  }

  public int pop(int request) {
    return pops[request];
  }

  public int session(int request) {
    return sessions[request];
  }

  public int device(int request) {
    return (flags[request] & SECOND_DEVICE) == 0 ? 0 : 1;
  }

  public boolean isWrite(int request) {
    return (flags[request] & WRITE) != 0;
  }

  /** The write that ends the session. */
  public boolean isLogout(int request) {
    return (flags[request] & LOGOUT) != 0;
  }

  /** It asks for the session's named fields, or writes them. */
  public boolean isByName(int request) {
    return (flags[request] & BY_NAME) != 0;
  }

  /** Of the session's user. */
  public Country residency(int session) {
    return residencies[session];
  }

  public boolean isFirst(int request) {
    return firsts[sessions[request]] == request;
  }

  public int firstOf(int session) {
    return firsts[session];
  }

  /** One session's requests, for strategies. */
  public Session view(int session) {
    int first = firsts[session];
    int count = firsts[session + 1] - first;
    return new Session() {
      @Override
      public int size() {
        return count;
      }

      @Override
      public Request get(int index) {
        int request = first + index;
        return new Request(
            atMillis[request], pops[request], device(request), isWrite(request), index == 0);
      }
    };
  }

  /** The numbers of all requests in the order of time; of one instant, in the order of users. */
  public int[] byTime() {
    int indexBits = 64 - Long.numberOfLeadingZeros(size);
    long[] keys = new long[size];
    for (int i = 0; i < size; i++) {
      keys[i] = atMillis[i] << indexBits | i;
    }
    Arrays.sort(keys);
    int[] order = new int[size];
    long mask = (1L << indexBits) - 1;
    for (int i = 0; i < size; i++) {
      order[i] = (int) (keys[i] & mask);
    }
    return order;
  }
}
