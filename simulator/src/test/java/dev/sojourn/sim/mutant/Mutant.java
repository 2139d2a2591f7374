package dev.sojourn.sim.mutant;

import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Patch;
import com.github.difflib.patch.PatchFailedException;
import com.github.difflib.unifieddiff.UnifiedDiff;
import com.github.difflib.unifieddiff.UnifiedDiffFile;
import com.github.difflib.unifieddiff.UnifiedDiffReader;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Lists;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A way to break the core: a patch of its sources, under a few lines that say what it breaks.
 *
 * @param row of the protocol's list of mutants, or why it is not in that list
 * @param broken what is wrong with the core then, in one sentence
 * @param foundBy the checkers that are expected to find it
 */
record Mutant(
    String name, String row, String broken, ImmutableList<String> foundBy, UnifiedDiff patch) {
  private static final Set<String> SAID = Set.of("row", "broken", "found by");

  /** Every one that there is, in the order of their numbers. */
  static ImmutableList<Mutant> all() {
    URL folder = Objects.requireNonNull(Mutant.class.getResource("/mutants"));
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
      return files.sorted().map(Mutant::read).collect(ImmutableList.toImmutableList());
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Mutant read(Path file) {
    String name = String.valueOf(file.getFileName()).replace(".patch", "");
    try {
      String text = Files.readString(file);
      Map<String, String> said = said(name, text);
      return new Mutant(
          name,
          said.getOrDefault("row", ""),
          said.getOrDefault("broken", ""),
          ImmutableList.copyOf(Splitter.on(", ").split(said.getOrDefault("found by", ""))),
          UnifiedDiffReader.parseUnifiedDiff(
              new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines before the patch, each {@code what: how}. */
  private static Map<String, String> said(String name, String text) {
    Map<String, String> said = new LinkedHashMap<>();
    for (String line : Splitter.on('\n').split(text.substring(0, text.indexOf("--- ")))) {
      int colon = line.indexOf(": ");
      if (colon > 0) {
        said.put(line.substring(0, colon), line.substring(colon + 2));
      }
    }
    if (!said.keySet().equals(SAID)) {
      throw new IllegalArgumentException(
          "mutant " + name + " begins with lines about " + said.keySet() + ", not " + SAID);
    }
    return said;
  }

  /**
   * Applies the patch, wherever in its file the lines are now.
   *
   * @param sources the lines of each file by its path in the repository
   * @throws IllegalArgumentException if it no longer applies, or changes nothing
   */
  ImmutableMap<String, List<String>> applyTo(Map<String, List<String>> sources) {
    Map<String, List<String>> patched = new LinkedHashMap<>(sources);
    for (UnifiedDiffFile part : patch.getFiles()) {
      String path = part.getToFile();
      List<String> lines = patched.get(path);
      if (lines == null) {
        throw new IllegalArgumentException(
            "mutant " + name + " patches `" + path + "`, which is not in the package of the core");
      }
      try {
        patched.put(path, apply(part.getPatch(), lines));
      } catch (PatchFailedException e) {
        throw new IllegalArgumentException(
            "mutant " + name + " no longer applies to `" + path + "`; make it anew: " + broken, e);
      }
    }
    if (patched.equals(sources)) {
      throw new IllegalArgumentException("mutant " + name + " changes nothing");
    }
    return ImmutableMap.copyOf(patched);
  }

  /**
   * From the last hunk to the first, each by itself: together, the library looks for a hunk where
   * the file would have it without what the hunks before have added and removed.
   */
  private static List<String> apply(Patch<String> hunks, List<String> lines)
      throws PatchFailedException {
    List<String> result = lines;
    for (AbstractDelta<String> hunk : Lists.reverse(hunks.getDeltas())) {
      Patch<String> alone = new Patch<>(1);
      alone.addDelta(hunk);
      result = alone.applyFuzzy(result, 0);
    }
    return result;
  }

  @Override
  public String toString() {
    return name;
  }
}
