package dev.sojourn.cli.sim;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import dev.sojourn.cli.CommandFailure;
import dev.sojourn.cli.ExitCode;
import dev.sojourn.sim.swarm.Draw;
import dev.sojourn.sim.swarm.Minimiser;
import dev.sojourn.sim.swarm.Plan;
import dev.sojourn.sim.swarm.PlanText;
import dev.sojourn.sim.swarm.Swarm;
import dev.sojourn.sim.swarm.Tally;
import dev.sojourn.sim.swarm.Verdict;
import dev.sojourn.sim.world.Core;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sojourn sim check}: many seeds, on all cores, until one fails. */
@Command(
    name = "check",
    description = {
      "Runs seeds until one breaks a promise. That one is made smaller and written to a file that"
          + " `sim replay` plays."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every promise held in every run",
      "1:a promise was broken",
      ExitCode.USAGE_TEXT,
      ExitCode.INTERNAL_TEXT
    })
public final class SimCheckCommand implements Callable<Integer> {
  private static final int MINIMISING_RUNS_MAX = 2_000;

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How many (default: ${DEFAULT-VALUE}).")
  private long seeds;

  @Option(
      names = "--from",
      paramLabel = "S",
      defaultValue = "1",
      description = "The first one (default: ${DEFAULT-VALUE}).")
  private long from;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description = "How many runs at once (default: one for each core). Changes no result.")
  private int threads;

  @Option(
      names = "--hash",
      description = "Print a number that stands for all that happened. Several times slower.")
  private boolean hash;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Where to write a failing run (default: this directory).")
  private Path out = Path.of(".");

  @Option(names = "--json", description = "Print JSON, with how often each thing happened.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException, IOException {
    if (seeds < 1 || threads < 0) {
      throw CommandFailure.usage(
          "`--seeds` and `--threads` must be positive", "give at least one seed");
    }
    PrintWriter screen = spec.commandLine().getOut();
    int workers = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    boolean terminal = System.console() != null && !json;
    Bar bar = new Bar(spec.commandLine().getErr(), terminal, seeds);
    Tally tally = new Swarm(from, seeds, workers, hash).run(Core.REAL, bar::show);
    bar.clear();
    if (json) {
      screen.println(new GsonBuilder().setPrettyPrinting().create().toJson(asJson(tally, workers)));
    } else {
      tell(screen, tally, workers);
    }
    screen.flush();
    if (tally.failed().isEmpty()) {
      return ExitCode.OK;
    }
    explain(json ? spec.commandLine().getErr() : screen, tally.failed().get());
    return ExitCode.NOT_AS_IT_SHOULD_BE;
  }

  private void tell(PrintWriter screen, Tally tally, int workers) {
    screen.printf(
        Locale.ROOT,
        "%d runs, %d requests, %.0f requests per second and core, %d kinds of things that"
            + " happened%n",
        tally.runs(),
        tally.requests(),
        tally.requestsPerSecond() / workers,
        tally.coverage().counts().size());
    if (hash) {
      screen.println("hash " + Long.toHexString(tally.fingerprint()));
    }
    if (tally.failed().isEmpty()) {
      screen.println("every promise held");
    }
  }

  private JsonObject asJson(Tally tally, int workers) {
    JsonObject all = new JsonObject();
    all.addProperty("from", from);
    all.addProperty("runs", tally.runs());
    all.addProperty("requests", tally.requests());
    all.addProperty("requestsPerSecondAndCore", tally.requestsPerSecond() / workers);
    if (hash) {
      all.addProperty("hash", Long.toHexString(tally.fingerprint()));
    }
    tally.failed().ifPresent(failed -> all.addProperty("failedSeed", failed.seed()));
    tally
        .failed()
        .flatMap(Verdict::failure)
        .ifPresent(failure -> all.addProperty("failure", failure));
    JsonObject counts = new JsonObject();
    tally.coverage().counts().forEach(counts::addProperty);
    all.add("counts", counts);
    return all;
  }

  private void explain(PrintWriter screen, Verdict failed) throws IOException {
    String failure = failed.failure().orElse("");
    screen.println("seed " + failed.seed() + " fails: " + failure);
    screen.println("  repeat: ./sojourn sim replay " + failed.seed());
    screen.flush();
    Plan smaller = Minimiser.minimise(Draw.plan(failed.seed()), Core.REAL, MINIMISING_RUNS_MAX);
    List<String> lines = new ArrayList<>();
    lines.add("# seed " + failed.seed() + ": " + failure);
    lines.addAll(PlanText.write(smaller));
    Path file = out.resolve("seed-" + failed.seed() + ".plan");
    Files.write(file, lines);
    screen.println("  smaller: ./sojourn sim replay " + file);
    screen.flush();
  }
}
