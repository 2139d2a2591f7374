package dev.sojourn.sim.mobility;

import dev.sojourn.sim.chance.Draws;

/** When users come: draws the instants of one user's requests. Thread-safe. */
public interface Visits {
  /**
   * @param into has room for {@link #requestsMax}
   * @return how many requests, in no particular order
   */
  int draw(Walk walk, Workload workload, long lengthMillis, Draws draws, long[] into);

  /** How many requests one user makes at most. */
  int requestsMax(Workload workload);

  /**
   * By day: a few visits, more in the evening than at night by the sun at the user's first place,
   * each a run of requests with pauses to think.
   */
  Visits DAILY =
      new Visits() {
        @Override
        public int draw(Walk walk, Workload workload, long lengthMillis, Draws draws, long[] into) {
          int made = 0;
          for (int visit = 0; visit < workload.visits(); visit++) {
            int until = (int) ((visit + 1L) * workload.requests() / workload.visits());
            double at = start(walk, lengthMillis, draws);
            while (made < until) {
              into[made++] = Math.min(lengthMillis - 1, (long) at);
              at += 200 + draws.exponential(workload.thinkMillis());
            }
          }
          return made;
        }

        @Override
        public int requestsMax(Workload workload) {
          return workload.requests();
        }
      };

  /** At each place where a trace says that the user was, so many requests. */
  Visits AT_EACH_STOP =
      new Visits() {
        @Override
        public int draw(Walk walk, Workload workload, long lengthMillis, Draws draws, long[] into) {
          int made = 0;
          for (int stop = 0; stop < walk.stops(); stop++) {
            double at = walk.stopMillis(stop);
            boolean isLast = stop == walk.stops() - 1;
            double nextMillis = isLast ? Double.MAX_VALUE : walk.stopMillis(stop + 1);
            for (int i = 0; i < workload.requests() && at < nextMillis; i++) {
              into[made++] = (long) at;
              at += 200 + draws.exponential(workload.thinkMillis());
            }
          }
          return made;
        }

        @Override
        public int requestsMax(Workload workload) {
          return -1;
        }
      };

  private static double start(Walk walk, long lengthMillis, Draws draws) {
    if (walk.busyMillis() > 0 && draws.chance(walk.busyShare())) {
      return walk.busyFromMillis() + draws.below(walk.busyMillis());
    }
    while (true) {
      long at = draws.below(lengthMillis);
      double localHour = (at / 3_600_000.0 + walk.firstLongitude() / 15) % 24;
      // Most at eight in the evening, least at eight in the morning, a tenth of that.
      double weight = 0.55 + 0.45 * StrictMath.cos((localHour - 20) * Math.PI / 12);
      if (draws.chance(weight)) {
        return at;
      }
    }
  }
}
