package dev.sojourn.cli.demo;

import dev.sojourn.cli.CommandFailure;
import dev.sojourn.cli.ExitCode;
import dev.sojourn.cli.demo.report.Paint;
import dev.sojourn.cli.demo.web.Browser;
import dev.sojourn.cli.demo.web.Shop;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sojourn demo}: see for yourself what a move costs. */
@Command(
    name = "demo",
    description = {
      "Starts a node for each of six real POP sites, as processes on this machine, with their "
          + "measured round-trip times between them, and replays the journeys of real people.",
      "Then, on other sites, a journey from Boston to Tokyo under a residency policy.",
      "Shows every request and what it cost, and checks what Sojourn promises.",
      "With --web, a shop in the browser instead: be in Boston, New York, San Jose, Tokyo or Frankfurt, "
          + "and see which way each click takes."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every promise held",
      "1:a promise was broken; the last lines say which",
      ExitCode.USAGE_TEXT,
      ExitCode.UNAVAILABLE_TEXT,
      ExitCode.INTERNAL_TEXT
    })
public final class DemoCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write the figures and every request as JSON to this file.")
  private @Nullable Path reportFile;

  @Option(names = "--json", description = "Print the same JSON instead of the table.")
  private boolean json;

  @Option(
      names = "--warm-up",
      paramLabel = "ROUNDS",
      defaultValue = "30",
      description =
          "How often a throw-away session goes over every link, there and back, before anything is"
              + " counted (default: ${DEFAULT-VALUE}).")
  private int warmUpRounds;

  @Option(
      names = "--web",
      description =
          "Serve a page with a map on a loopback port, and open it; Ctrl-C ends it. Needs workerd, "
              + "Deno or Node to run the edge functions.")
  private boolean web;

  @Override
  public Integer call() throws Exception {
    if (web) {
      return openShop();
    }
    if (warmUpRounds < 1 || warmUpRounds > 10_000) {
      throw CommandFailure.usage(
          "`--warm-up` is 1 to 10000 rounds, not " + warmUpRounds, "leave it out for the default");
    }
    Optional<Path> report = Optional.ofNullable(reportFile);
    report.ifPresent(DemoCommand::checkWritable);
    PrintWriter out = spec.commandLine().getOut();
    boolean terminal = System.console() != null && !json;
    Paint paint = Paint.forOutput(terminal, System.getenv());
    // With --json the standard output is for the JSON alone.
    Screen screen = new Screen(json ? spec.commandLine().getErr() : out, terminal, paint);
    Demo.Findings findings = new Demo(screen, warmUpRounds).run();
    if (json) {
      out.print(findings.json());
      out.flush();
    } else {
      screen.show(findings);
    }
    if (report.isPresent()) {
      Files.writeString(report.get(), findings.json());
      screen.say("  report written to " + report.get());
    }
    return findings.allHeld() ? ExitCode.OK : ExitCode.NOT_AS_IT_SHOULD_BE;
  }

  private Integer openShop() throws IOException, InterruptedException {
    if (json || reportFile != null) {
      throw CommandFailure.usage(
          "`--web` shows a page, and no table", "leave out `--json` and `--report`");
    }
    PrintWriter out = spec.commandLine().getOut();
    boolean terminal = System.console() != null;
    Screen screen = new Screen(out, terminal, Paint.forOutput(terminal, System.getenv()));
    String searchPath = Objects.requireNonNullElse(System.getenv("PATH"), "");
    try (Shop shop = Shop.start(searchPath, screen::progress)) {
      screen.say("");
      screen.say("  The shop is open:  " + shop.address());
      screen.say("  Its edge functions run in " + shop.runtime() + ". Ctrl-C closes it.");
      if (terminal) {
        Browser.open(shop.address());
      }
      // Until the process is told to stop; the shop then closes in a shutdown hook.
      new CountDownLatch(1).await();
      return ExitCode.OK;
    }
  }

  /** Before the minute that the demo takes, and not after it. */
  private static void checkWritable(Path file) {
    try {
      Files.writeString(file, "");
    } catch (IOException e) {
      throw CommandFailure.usage(
          "cannot write to `" + file + "`", "name a file in a directory that exists");
    }
  }
}
