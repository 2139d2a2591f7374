package dev.sojourn.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.base.Splitter;
import dev.sojourn.yaml.InvalidYamlException;
import dev.sojourn.yaml.YamlProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/configuration.md says is what the readers read. */
class DocumentationTest {
  private static final Pattern KEY = Pattern.compile("^( *)(- )?([a-z-]+):.*");
  private static final String PROBE = "zzzzzzzzzzzzzzzzzzzz";

  private Examples examples;

  @BeforeEach
  void layOutTheExamples(@TempDir Path temporary) throws Exception {
    examples = new Examples(temporary);
  }

  @Test
  void shouldLoadTheExamples() throws Exception {
    NodeSetup setup = ConfigLoader.load(examples.path("node.yaml"));
    assertThat(setup.node().pop().name()).isEqualTo("bos");
    assertThat(setup.topology().pops()).hasSize(3);
    assertThat(setup.keys().hintKeys()).hasSize(2);
    assertThat(setup.tokens().orElseThrow().namespaceOf("test")).isPresent();
  }

  @Test
  void shouldDescribeEachKeyOfTheExamples() throws Exception {
    Set<String> described = described();
    Set<String> shown = new TreeSet<>();
    for (String file : List.of("node.yaml", "topology.yaml", "keys.yaml", "tokens.yaml")) {
      shown.addAll(paths(examples.read(file)));
    }
    assertThat(described).isEqualTo(shown);
  }

  /** Each mapping gets a key that nobody knows; its problem names those that are known there. */
  @Test
  void shouldShowEachKnownKeyInTheExamples() throws Exception {
    for (String file : List.of("node.yaml", "topology.yaml")) {
      examples.write(file, withProbes(examples.read(file)));
    }
    List<String> known = new ArrayList<>(knownKeys(examples.path("node.yaml")));
    known.addAll(knownKeys(examples.path("topology.yaml")));
    Set<String> shown = new TreeSet<>();
    for (String path : described()) {
      shown.add(path.substring(path.lastIndexOf('.') + 1));
    }
    assertThat(known).hasSizeGreaterThan(40);
    assertThat(shown).containsAll(known);
  }

  private static List<String> knownKeys(Path file) throws Exception {
    List<YamlProblem> problems =
        catchThrowableOfType(
                InvalidYamlException.class,
                () -> {
                  if (file.endsWith("node.yaml")) {
                    ConfigLoader.load(file);
                  } else {
                    ConfigLoader.loadTopology(file);
                  }
                })
            .problems();
    List<String> known = new ArrayList<>();
    for (YamlProblem problem : problems) {
      if (problem.message().contains(PROBE)) {
        String help = problem.help().orElseThrow();
        known.addAll(Splitter.on(", ").splitToList(help.substring("known here: ".length())));
      }
    }
    return known;
  }

  /** Puts the probe before the first key of each mapping of at least one key to a line. */
  private static String withProbes(String text) {
    StringBuilder probed = new StringBuilder(PROBE + ": 1\n");
    for (String line : text.lines().toList()) {
      var matcher = KEY.matcher(line);
      if (matcher.matches() && matcher.group(2) != null) {
        String indent = matcher.group(1);
        probed.append(indent + "- " + PROBE + ": 1\n" + indent + "  " + line.strip().substring(2));
      } else if (matcher.matches() && line.endsWith(":") && !line.matches("pops:|namespaces:")) {
        probed.append(line + "\n" + matcher.group(1) + "  " + PROBE + ": 1");
      } else {
        probed.append(line);
      }
      probed.append('\n');
    }
    return probed.toString();
  }

  private static Set<String> described() throws Exception {
    Set<String> described = new TreeSet<>();
    for (String line : Examples.documentation().lines().toList()) {
      if (line.startsWith("| `")) {
        String path = line.substring(3, line.indexOf('`', 3));
        assertThat(described.add(path)).as("`%s` is described once", path).isTrue();
      }
    }
    return described;
  }

  private static Set<String> paths(String yaml) {
    Set<String> paths = new TreeSet<>();
    List<String> parents = new ArrayList<>();
    for (String line : yaml.lines().toList()) {
      var matcher = KEY.matcher(line);
      if (matcher.matches()) {
        // An item's dash stands where its parent's children would: both are one level deeper.
        int depth = (matcher.group(1).length() + (matcher.group(2) == null ? 0 : 2)) / 2;
        boolean inList = yaml.lines().anyMatch(each -> each.matches(" *- [a-z-]+: .*"));
        int level = inList && depth > 0 ? depth - 1 : depth;
        while (parents.size() > level) {
          parents.remove(parents.size() - 1);
        }
        parents.add(matcher.group(3));
        paths.add(String.join(".", parents));
      }
    }
    return paths;
  }
}
