package dev.sojourn.yaml;

import com.google.common.collect.ImmutableList;
import dev.sojourn.yaml.YamlNode.Mapping;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML document whose root is a mapping. Any bytes give a document or a problem; none
 * give an exception, run out of stack, or grow beyond the limits of {@link YamlTree}.
 */
public final class YamlReader {
  /** No configuration or policy that people write is larger. */
  public static final int BYTES_MAX = 1 << 20;

  private YamlReader() {}

  /**
   * Reads {@code content}, UTF-8. What is wrong is added to {@code problems}; then the result is
   * empty, or lacks what could not be read. An empty file is an empty mapping.
   */
  public static Optional<YamlFields> read(byte[] content, YamlProblems problems) {
    if (content.length > BYTES_MAX) {
      problems.add(Span.START, "larger than " + Quantity.SIZE.format(BYTES_MAX), "split the file");
      return Optional.empty();
    }
    return decode(content, problems).flatMap(text -> parse(text, problems));
  }

  /**
   * The text of {@code content}, UTF-8, without a byte order mark; empty, and a problem, if none.
   */
  public static Optional<String> decode(byte[] content, YamlProblems problems) {
    ByteBuffer in = ByteBuffer.wrap(content);
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(in);
      boolean hasByteOrderMark = text.length() > 0 && text.charAt(0) == '\ufeff';
      return Optional.of(text.subSequence(hasByteOrderMark ? 1 : 0, text.length()).toString());
    } catch (CharacterCodingException e) {
      // The decoder stopped where the bytes went wrong: what lies before is text.
      String before = new String(content, 0, in.position(), StandardCharsets.UTF_8);
      problems.add(endOf(before), "not UTF-8", "save the file as UTF-8");
      return Optional.empty();
    }
  }

  private static Optional<YamlFields> parse(String text, YamlProblems problems) {
    problems.showFrom(ImmutableList.copyOf(text.split("\r\n|[\r\n]", -1)));
    LoadSettings settings =
        LoadSettings.builder().setLabel(problems.file()).setUseMarks(true).build();
    try {
      Optional<YamlNode> root =
          new YamlTree(problems).read(new Parse(settings).parseString(text).iterator());
      if (root.isEmpty() && problems.isEmpty()) {
        return Optional.of(new YamlFields(new Mapping(Span.START, ImmutableList.of()), problems));
      }
      return root.flatMap(node -> new YamlValue("the file", node, problems).mapping());
    } catch (MarkedYamlEngineException e) {
      Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
      problems.add(
          mark.map(YamlTree::point).orElse(Span.START),
          "not YAML: " + e.getProblem(),
          remedy(String.valueOf(e.getProblem())));
    } catch (ReaderException e) {
      int end =
          text.offsetByCodePoints(
              0, Math.min(e.getPosition(), text.codePointCount(0, text.length())));
      problems.add(
          endOf(text.substring(0, end)),
          String.format("not YAML: the character U+%04X may not stand in it", e.getCodePoint()));
    } catch (YamlEngineException e) {
      problems.add(Span.START, "not YAML: " + e.getMessage());
    }
    return Optional.empty();
  }

  /** For the slips that people make most. */
  private static Optional<String> remedy(String problem) {
    if (problem.contains("TAB")) {
      return Optional.of("indent with spaces");
    }
    if (problem.startsWith("mapping values are not allowed")) {
      return Optional.of("put text that holds a colon and a space in quotes");
    }
    if (problem.startsWith("unexpected character found")) {
      return Optional.of("put text that begins with `*` or `&` in quotes");
    }
    if (problem.contains("cannot start any token")) {
      return Optional.of("put text that begins with it in quotes");
    }
    return Optional.empty();
  }

  private static Span endOf(String text) {
    String[] lines = text.split("\r\n|[\r\n]", -1);
    String last = lines[lines.length - 1];
    return new Span(lines.length, last.codePointCount(0, last.length()) + 1, 1);
  }
}
