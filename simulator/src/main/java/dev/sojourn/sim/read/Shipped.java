package dev.sojourn.sim.read;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The scenarios that come with the simulator, by name. */
public final class Shipped {
  private static final String FOLDER = "/dev/sojourn/sim/scenarios/";

  /** In the order in which a newcomer reads them. */
  private static final ImmutableList<String> NAMES =
      ImmutableList.of(
          "default",
          "flights",
          "officials",
          "checkins",
          "flip",
          "devices",
          "commute",
          "stadium",
          "failing-metro",
          "cut-off",
          "eu-in-tokyo",
          "small-cookie",
          "large");

  private Shipped() {}

  public static ImmutableList<String> names() {
    return NAMES;
  }

  /** The file itself; empty if no scenario of that name is shipped. */
  public static Optional<byte[]> find(String name) throws IOException {
    if (!NAMES.contains(name)) {
      return Optional.empty();
    }
    try (InputStream in = Shipped.class.getResourceAsStream(FOLDER + name + ".yaml")) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    }
  }
}
