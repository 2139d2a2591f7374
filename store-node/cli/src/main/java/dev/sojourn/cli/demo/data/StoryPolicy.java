package dev.sojourn.cli.demo.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The residency policy of the demo's second act. */
public final class StoryPolicy {
  private static final String PATH = "/dev/sojourn/cli/demo/story-policy.yaml";

  private StoryPolicy() {}

  /** The YAML of it. */
  public static byte[] content() {
    try (InputStream in = StoryPolicy.class.getResourceAsStream(PATH)) {
      if (in == null) {
        throw new IllegalStateException("the demo's data file `" + PATH + "` is not in the jar");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
