package dev.sojourn.policy;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.sojourn.value.Country;
import dev.sojourn.value.PopId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A policy and the POPs that it is applied to, drawn or from the corpus: two files of one name. */
record Case(String name, String policy, Sites sites) {
  private static final Path CORPUS = Path.of("src/test/resources/dev/sojourn/policy/corpus");
  private static final Path FOUND = Path.of("target/policy-corpus");

  static Case ofSeed(long seed) {
    RandomPolicies random = new RandomPolicies(seed);
    String policy = random.policy();
    return new Case("seed-" + seed, policy, random.sites());
  }

  /** All that were kept. */
  static ImmutableList<Case> corpus() throws IOException {
    try (Stream<Path> files = Files.list(CORPUS)) {
      List<Path> policies =
          files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
      ImmutableList.Builder<Case> cases = ImmutableList.builder();
      for (Path file : policies) {
        String name = file.getFileName().toString().replace(".yaml", "");
        cases.add(new Case(name, Files.readString(file), sites(CORPUS.resolve(name + ".sites"))));
      }
      return cases.build();
    }
  }

  /** Writes a case that failed, and says how to keep it. */
  String save() throws IOException {
    Files.createDirectories(FOUND);
    Files.writeString(FOUND.resolve(name + ".yaml"), policy);
    String lines =
        sites.byPop().values().stream()
            .map(site -> site.pop() + " " + site.country() + " " + String.join(",", site.labels()))
            .collect(Collectors.joining("\n", "", "\n"));
    Files.writeString(FOUND.resolve(name + ".sites"), lines);
    return name + "; to keep it: cp " + FOUND.resolve(name) + ".* " + CORPUS;
  }

  private static Sites sites(Path file) throws IOException {
    ImmutableList.Builder<Site> sites = ImmutableList.builder();
    for (String line : Files.readAllLines(file)) {
      List<String> words = Splitter.on(' ').splitToList(line.strip());
      ImmutableSet<String> labels =
          words.size() < 3
              ? ImmutableSet.of()
              : ImmutableSet.copyOf(Splitter.on(',').omitEmptyStrings().split(words.get(2)));
      sites.add(new Site(new PopId(words.get(0)), new Country(words.get(1)), labels));
    }
    return Sites.of(sites.build());
  }
}
