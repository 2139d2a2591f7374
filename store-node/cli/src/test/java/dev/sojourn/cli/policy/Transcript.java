package dev.sojourn.cli.policy;

import dev.sojourn.cli.Sojourn;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;

/**
 * A page with files and commands, done as its reader would do it: a block {@code ```yaml NAME} is a
 * file to save, a line {@code $ ./sojourn ...} in a block {@code ```console} a command to type, and
 * {@code $ echo $?} asks for its exit code.
 *
 * <p>Commands with {@code --at} are for nodes; times and keys are shown as if always the same.
 */
final class Transcript {
  private static final String PROMPT = "$ ";
  private static final String COMMAND = "$ ./sojourn ";

  private final Path folder;
  private static final String AT = "127.0.0.1:7402";
  private static final String TIME = "2026-12-01T09:00:00Z";
  private static final String KEY = "0f3c5a7e9b1d2468";

  private final Nodes nodes;
  private final StringBuilder after = new StringBuilder();
  private int exitCode;
  private int commands;

  /** What stands behind {@code --at 127.0.0.1:7402}. */
  interface Nodes {
    /** Where it really is; returns when nothing is about to change there. */
    String awaitAddress() throws IOException;
  }

  Transcript(Path folder) {
    this(
        folder,
        () -> {
          throw new IllegalStateException("no nodes here");
        });
  }

  Transcript(Path folder, Nodes nodes) {
    this.folder = folder;
    this.nodes = nodes;
  }

  /** The same page, with what the commands really say. */
  String replay(String page) throws IOException {
    List<String> lines = page.lines().toList();
    int at = 0;
    while (at < lines.size()) {
      String line = lines.get(at++);
      after.append(line).append('\n');
      if (line.startsWith("```") && line.length() > 3) {
        int end = lines.subList(at, lines.size()).indexOf("```") + at;
        block(line.substring(3), lines.subList(at, end));
        at = end;
        after.append(lines.get(at++)).append('\n');
      }
    }
    return after.toString();
  }

  /** How many commands it was. */
  int commands() {
    return commands;
  }

  private void block(String info, List<String> lines) throws IOException {
    if (info.equals("console")) {
      List<String> typed = lines.stream().filter(line -> line.startsWith(PROMPT)).toList();
      for (String line : typed) {
        type(line);
      }
      return;
    }
    String content = lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    if (info.startsWith("yaml ")) {
      Files.writeString(folder.resolve(info.substring("yaml ".length())), content);
    }
    after.append(content);
  }

  private void type(String line) throws IOException {
    after.append(line).append('\n');
    if (line.equals("$ echo $?")) {
      after.append(exitCode).append('\n');
    } else if (line.startsWith(COMMAND)) {
      commands++;
      after.append(run(line.substring(COMMAND.length())));
    } else {
      throw new IllegalArgumentException("cannot type: " + line);
    }
  }

  private String run(String command) throws IOException {
    StringWriter screen = new StringWriter();
    PrintWriter both = new PrintWriter(screen);
    CommandLine commandLine = Sojourn.commandLine().setOut(both).setErr(both);
    String address = command.contains(AT) ? nodes.awaitAddress() : AT;
    List<String> words = new ArrayList<>();
    for (String word : Arrays.asList(command.split(" +"))) {
      boolean isFile = word.endsWith(".yaml") || word.startsWith("officer");
      words.add(isFile ? folder.resolve(word).toString() : word.replace(AT, address));
    }
    exitCode = commandLine.execute(words.toArray(new String[0]));
    return screen
        .toString()
        .replace(folder + "/", "")
        .replace(address, AT)
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", TIME)
        .replaceAll("\\b[0-9a-f]{16}\\b", KEY);
  }
}
