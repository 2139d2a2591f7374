package dev.sojourn.cli.sim;

import dev.sojourn.cli.CommandFailure;
import dev.sojourn.cli.ExitCode;
import dev.sojourn.sim.swarm.Draw;
import dev.sojourn.sim.swarm.Lanes;
import dev.sojourn.sim.swarm.Plan;
import dev.sojourn.sim.swarm.PlanText;
import dev.sojourn.sim.swarm.Run;
import dev.sojourn.sim.swarm.Verdict;
import dev.sojourn.sim.world.Core;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sojourn sim replay}: one run, event by event. */
@Command(
    name = "replay",
    description = {
      "Shows one run event by event: a lane for each POP, and the messages between them."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every promise held",
      "1:a promise was broken, and the last lines show where",
      ExitCode.USAGE_TEXT,
      ExitCode.INTERNAL_TEXT
    })
public final class SimReplayCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "SEED|FILE", description = "A seed, or a file that `sim check` wrote.")
  private String what = "";

  @Option(names = "--step", description = "Wait for Enter after each event; `q` ends it.")
  private boolean step;

  @Override
  public Integer call() throws IOException {
    Plan plan = plan();
    Verdict verdict = Run.of(plan, Core.REAL, true);
    PrintWriter out = spec.commandLine().getOut();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line : Lanes.draw(plan, verdict)) {
      out.println(line);
      if (step) {
        out.flush();
        String typed = in.readLine();
        if (typed == null || typed.equals("q")) {
          break;
        }
      }
    }
    out.println(verdict.failure().map(each -> "broken: " + each).orElse("every promise held"));
    out.flush();
    return verdict.failure().isEmpty() ? ExitCode.OK : ExitCode.NOT_AS_IT_SHOULD_BE;
  }

  private Plan plan() throws IOException {
    if (what.matches("[0-9]{1,18}")) {
      return Draw.plan(Long.parseLong(what));
    }
    Path file = Path.of(what);
    if (!Files.isReadable(file)) {
      throw CommandFailure.usage(
          "`" + what + "` is neither a seed nor a file",
          "give a number, or what `sim check` wrote");
    }
    List<String> lines = Files.readAllLines(file);
    try {
      return PlanText.parse(lines);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(
          "`" + what + "`, " + e.getMessage(), "see docs/simulation.md for what a line may say");
    }
  }
}
