package dev.sojourn.sim.place;

/**
 * Distances on a round earth. StrictMath throughout: the same figures on every machine and JDK, or
 * two runs of one seed would not give the same bytes.
 */
public final class Sphere {
  private static final double RADIUS_KM = 6371.0088;

  private final double[] x;
  private final double[] y;
  private final double[] z;
  private int size;

  /** A set of points, to be added in order. */
  public Sphere(int capacity) {
    x = new double[capacity];
    y = new double[capacity];
    z = new double[capacity];
  }

  public void add(double lat, double lon) {
    double phi = StrictMath.toRadians(lat);
    double lambda = StrictMath.toRadians(lon);
    x[size] = StrictMath.cos(phi) * StrictMath.cos(lambda);
    y[size] = StrictMath.cos(phi) * StrictMath.sin(lambda);
    z[size] = StrictMath.sin(phi);
    size++;
  }

  /** The great circle between two points of the set. */
  public double km(int a, int b) {
    double dot = x[a] * x[b] + y[a] * y[b] + z[a] * z[b];
    return RADIUS_KM * StrictMath.acos(Math.max(-1, Math.min(1, dot)));
  }

  /** The nearest point of the set; the first of several. */
  public int nearest(double lat, double lon) {
    double phi = StrictMath.toRadians(lat);
    double lambda = StrictMath.toRadians(lon);
    double px = StrictMath.cos(phi) * StrictMath.cos(lambda);
    double py = StrictMath.cos(phi) * StrictMath.sin(lambda);
    double pz = StrictMath.sin(phi);
    int best = 0;
    double most = -2;
    for (int i = 0; i < size; i++) {
      double dot = x[i] * px + y[i] * py + z[i] * pz;
      if (dot > most) {
        most = dot;
        best = i;
      }
    }
    return best;
  }

  /** The nearest other point that is at least so far away; {@code from} itself if there is none. */
  public int nearestOther(int from, double kmMin) {
    double closest = StrictMath.cos(kmMin / RADIUS_KM);
    int best = from;
    double most = -2;
    for (int i = 0; i < size; i++) {
      double dot = x[i] * x[from] + y[i] * y[from] + z[i] * z[from];
      if (i != from && dot <= closest && dot > most) {
        most = dot;
        best = i;
      }
    }
    return best;
  }
}
