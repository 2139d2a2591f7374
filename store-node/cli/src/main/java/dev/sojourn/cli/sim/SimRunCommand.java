package dev.sojourn.cli.sim;

import dev.sojourn.cli.CommandFailure;
import dev.sojourn.cli.ExitCode;
import dev.sojourn.sim.promise.PromiseBroken;
import dev.sojourn.sim.read.MissingDataException;
import dev.sojourn.sim.read.ScenarioReader;
import dev.sojourn.sim.read.Shipped;
import dev.sojourn.sim.report.ReportFolder;
import dev.sojourn.sim.report.TextReport;
import dev.sojourn.sim.run.Results;
import dev.sojourn.sim.run.Simulation;
import dev.sojourn.sim.setup.Scenario;
import dev.sojourn.yaml.InvalidYamlException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sojourn sim run}: a scenario, with ours and its rivals side by side. */
@Command(
    name = "run",
    description = {
      "Plays a scenario: real POPs, users who move, and every strategy on the same requests.",
      "docs/simulator.md says what a scenario may hold, and how to bring your own users."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the scenario was played, and every promise held",
      "1:a promise was broken",
      ExitCode.USAGE_TEXT,
      "3:skipped: data that the scenario rests on are not here",
      ExitCode.INTERNAL_TEXT
    })
public final class SimRunCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Parameters(
      paramLabel = "SCENARIO",
      arity = "0..1",
      defaultValue = "default",
      description = "A scenario file, or the name of a shipped one (default: ${DEFAULT-VALUE}).")
  private String what = "default";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write report.html, report.json and CSV there.")
  private @Nullable Path out;

  @Option(names = "--seed", paramLabel = "N", description = "In place of the scenario's seed.")
  private @Nullable Long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description = "How many threads (default: one for each core). Changes no result.")
  private int threads;

  @Option(names = "--list", description = "List the shipped scenarios and end.")
  private boolean list;

  @Override
  public Integer call() throws InterruptedException, IOException {
    PrintWriter screen = spec.commandLine().getOut();
    if (list) {
      for (String name : Shipped.names()) {
        screen.println(name);
      }
      screen.flush();
      return ExitCode.OK;
    }
    if (threads < 0 || (seed != null && seed < 0)) {
      throw CommandFailure.usage("`--threads` and `--seed` must not be negative", "give 0 or more");
    }
    Optional<Scenario> scenario = read();
    return scenario.isEmpty() ? ExitCode.USAGE : play(scenario.get(), screen);
  }

  private int play(Scenario scenario, PrintWriter screen) throws InterruptedException, IOException {
    int workers = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    RunBar bar =
        new RunBar(
            spec.commandLine().getErr(),
            System.console() != null,
            scenario.population().requestsMax());
    Results results;
    try {
      results = new Simulation(scenario).run(workers, bar);
    } catch (PromiseBroken broken) {
      bar.clear();
      screen.println("broken: " + broken.getMessage());
      screen.println("  repeat: " + command(scenario));
      screen.flush();
      return ExitCode.NOT_AS_IT_SHOULD_BE;
    }
    bar.clear();
    TextReport.of(results).forEach(screen::println);
    double seconds = bar.seconds();
    screen.printf(
        Locale.ROOT,
        "%.1f s, %,.0f requests per second with all strategies%n",
        seconds,
        results.requests() / seconds);
    if (out != null) {
      ReportFolder.write(results, command(scenario), out);
      screen.println("report: " + out.resolve("report.html"));
    }
    screen.flush();
    return ExitCode.OK;
  }

  private String command(Scenario scenario) {
    return "./sojourn sim run " + what + " --seed " + scenario.seed();
  }

  /** Empty if it cannot be used, which has been told. */
  private Optional<Scenario> read() throws IOException {
    Path file = Path.of(what);
    boolean isFile = Files.isRegularFile(file);
    Optional<byte[]> shipped = isFile ? Optional.empty() : Shipped.find(what);
    if (!isFile && shipped.isEmpty()) {
      throw CommandFailure.usage(
          "`" + what + "` is neither a file nor a shipped scenario",
          "shipped are: " + String.join(", ", Shipped.names()));
    }
    Path folder = file.toAbsolutePath().getParent();
    Path base = isFile && folder != null ? folder : Path.of("");
    byte[] content = isFile ? Files.readAllBytes(file) : shipped.orElseThrow();
    String name = isFile ? what : what + ".yaml";
    OptionalLong own = seed == null ? OptionalLong.empty() : OptionalLong.of(seed);
    try {
      return Optional.of(ScenarioReader.read(name, content, base, own));
    } catch (MissingDataException missing) {
      throw CommandFailure.unavailable(
          "skipped: " + missing.getMessage(),
          "docs/simulator.md says where the data of `" + what + "` come from");
    } catch (InvalidYamlException invalid) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(invalid.getMessage());
      err.flush();
      return Optional.empty();
    }
  }
}
