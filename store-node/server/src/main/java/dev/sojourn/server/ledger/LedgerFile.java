package dev.sojourn.server.ledger;

import com.google.common.collect.ImmutableList;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * An export of a POP's ledger, checked line by line as it was read. Immutable.
 *
 * @param name of the file, as the user gave it
 * @param pop whose ledger it is; empty if nothing in it says so
 * @param lines those that can be read, sound or not
 * @param problems where it is not as its POP wrote it; each with the file and the line
 */
public record LedgerFile(
    String name,
    String pop,
    ImmutableList<LedgerLine> lines,
    Optional<LedgerHead> head,
    ImmutableList<String> problems) {

  /**
   * Reads and checks {@code file}.
   *
   * @param keys the public key that a POP is known to sign with, by POP; for others any will do
   * @throws IOException if it cannot be read
   */
  public static LedgerFile read(Path file, Map<String, String> keys) throws IOException {
    Reading reading = new Reading(file.toString());
    try (BufferedReader in = Files.newBufferedReader(file)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        reading.take(line);
      }
    } catch (CharacterCodingException e) {
      reading.tell("is no text");
    }
    return reading.finish(keys);
  }

  public boolean isWhole() {
    return problems.isEmpty();
  }

  /** Where the ledger of the same POP in {@code other} says something else; empty if nowhere. */
  public Optional<String> contradiction(LedgerFile other) {
    int common = Math.min(lines.size(), other.lines.size());
    for (int i = 0; i < common; i++) {
      if (!lines.get(i).hash().equals(other.lines.get(i).hash())) {
        return Optional.of(
            "`"
                + name
                + "` and `"
                + other.name
                + "` differ from entry "
                + (i + 1)
                + " of `"
                + pop
                + "` on: one of them was written anew");
      }
    }
    return Optional.empty();
  }

  /** Goes down a file with what the next line ought to be. */
  private static final class Reading {
    private final String name;
    private final ImmutableList.Builder<LedgerLine> lines = ImmutableList.builder();
    private final ImmutableList.Builder<String> problems = ImmutableList.builder();
    private Optional<LedgerHead> head = Optional.empty();
    private String pop = "";
    private String prev = LedgerLine.NO_HASH;
    private long seq;
    private int number;

    Reading(String name) {
      this.name = name;
    }

    void take(String text) {
      number++;
      if (head.isPresent()) {
        tell("something stands behind the signed head");
      }
      Optional<LedgerHead> end = LedgerHead.parse(text);
      Optional<LedgerLine> line = end.isPresent() ? Optional.empty() : LedgerLine.parse(text);
      if (end.isPresent()) {
        head = end;
      } else if (line.isPresent()) {
        check(text, line.get());
      } else {
        tell("no entry, and no signed head");
      }
    }

    private void check(String text, LedgerLine line) {
      pop = pop.isEmpty() ? line.pop() : pop;
      if (!LedgerLine.digestOf(text).equals(Optional.of(line.hash()))) {
        tell("entry " + line.seq() + " was changed: its hash is not the one that it bears");
      } else if (line.seq() != seq + 1 || !line.prev().equals(prev)) {
        tell(
            "entry "
                + line.seq()
                + " does not follow entry "
                + seq
                + ": something between them was removed, added or put elsewhere");
      } else if (!line.pop().equals(pop)) {
        tell("entry " + line.seq() + " is of `" + line.pop() + "`, the others of `" + pop + "`");
      }
      lines.add(line);
      seq = line.seq();
      prev = line.hash();
    }

    void tell(String problem) {
      problems.add(name + ":" + number + ": " + problem);
    }

    LedgerFile finish(Map<String, String> keys) {
      if (head.isEmpty()) {
        number++;
        tell("there is no signed head: the end may have been cut off");
      } else {
        check(head.get(), keys);
      }
      return new LedgerFile(name, pop, lines.build(), head, problems.build());
    }

    private void check(LedgerHead end, Map<String, String> keys) {
      pop = pop.isEmpty() ? end.pop() : pop;
      String known = keys.get(pop);
      if (!end.isGenuine()) {
        tell("the head's signature is not by the key that it names");
      } else if (known != null && !known.equals(end.key())) {
        tell("the head is signed by another key than the one given for `" + pop + "`");
      }
      if (!end.pop().equals(pop) || end.seq() != seq || !end.hash().equals(prev)) {
        tell(
            "the head is of entry "
                + end.seq()
                + " of `"
                + end.pop()
                + "`, the last one here is "
                + seq
                + " of `"
                + pop
                + "`: the end was cut off or changed");
      }
    }
  }
}
