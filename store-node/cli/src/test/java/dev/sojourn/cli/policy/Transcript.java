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
 */
final class Transcript {
  private static final String PROMPT = "$ ";
  private static final String COMMAND = "$ ./sojourn ";

  private final Path folder;
  private final StringBuilder after = new StringBuilder();
  private int exitCode;
  private int commands;

  Transcript(Path folder) {
    this.folder = folder;
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
      typed.forEach(this::type);
      return;
    }
    String content = lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    if (info.startsWith("yaml ")) {
      Files.writeString(folder.resolve(info.substring("yaml ".length())), content);
    }
    after.append(content);
  }

  private void type(String line) {
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

  private String run(String command) {
    StringWriter screen = new StringWriter();
    PrintWriter both = new PrintWriter(screen);
    CommandLine commandLine = Sojourn.commandLine().setOut(both).setErr(both);
    List<String> words = new ArrayList<>();
    for (String word : Arrays.asList(command.split(" +"))) {
      words.add(word.endsWith(".yaml") ? folder.resolve(word).toString() : word);
    }
    exitCode = commandLine.execute(words.toArray(new String[0]));
    return screen.toString().replace(folder + "/", "");
  }
}
