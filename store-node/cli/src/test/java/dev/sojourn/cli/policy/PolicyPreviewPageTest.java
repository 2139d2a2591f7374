package dev.sojourn.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.cli.Sojourn;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page about policies asks two nodes what another policy would move: they are real, and say
 * what the page says. It is not one of the tutorial's commands, for which no node has to run.
 */
class PolicyPreviewPageTest {
  private static final Path PAGE = Path.of("../../docs/policy.md");
  private static final String COMMAND =
      "$ ./sojourn policy diff shop.yaml home.yaml --pops fra=DE,iad=US"
          + " --at 127.0.0.1:7402 --at 127.0.0.1:7412\n";

  @Test
  void shouldSayWhatThePageSays(@TempDir Path folder) throws Exception {
    String page = Files.readString(PAGE);
    String shop = lastBlock(page, "yaml shop.yaml\n");
    Path older = Files.writeString(folder.resolve("shop.yaml"), shop);
    Path newer =
        Files.writeString(folder.resolve("home.yaml"), lastBlock(page, "yaml home.yaml\n"));
    Path cluster = Files.createDirectory(folder.resolve("cluster"));
    StringWriter screen = new StringWriter();
    PrintWriter both = new PrintWriter(screen);
    // What the tutorial ends with is what the nodes obey.
    try (PreviewedPops pops = new PreviewedPops(cluster, shop)) {
      List<String> words =
          new ArrayList<>(List.of("policy", "diff", older.toString(), newer.toString()));
      words.addAll(List.of("--pops", "fra=DE,iad=US"));
      pops.adminPorts().forEach(port -> words.addAll(List.of("--at", "127.0.0.1:" + port)));
      Sojourn.commandLine().setOut(both).setErr(both).execute(words.toArray(new String[0]));
    }
    assertThat(lastBlock(page, "text\n" + COMMAND)).isEqualTo(screen.toString());
  }

  private static String lastBlock(String page, String beginning) {
    String fence = "```" + beginning;
    String block = page.substring(page.lastIndexOf(fence) + fence.length());
    return block.substring(0, block.indexOf("```"));
  }
}
