package dev.sojourn.tidy;

import com.google.common.collect.ImmutableList;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/**
 * Finds the methods of a Java file by counting braces: every block that stands directly in the body
 * of a type, and is no type itself, is taken for a method.
 */
final class JavaMethods {
  /**
   * @param header what stands before its brace, on one line
   * @param firstLine counted from 1
   */
  record Method(String header, int firstLine, int lastLine) {
    int length() {
      return lastLine - firstLine + 1;
    }
  }

  private record Block(boolean isType, boolean isInType, String header, int firstLine) {}

  private static final Pattern NOT_CODE =
      Pattern.compile(
          "\"\"\".*?\"\"\"|\"(?:[^\"\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\n]|\\\\.)+'|//[^\n]*|/\\*.*?\\*/",
          Pattern.DOTALL);
  private static final Pattern TYPE =
      Pattern.compile("(?:^|\\s)(?:class|interface|enum|record|@interface)\\s+[A-Z]\\w*");
  private static final Pattern ANONYMOUS = Pattern.compile("\\bnew\\s+[^;{}]*\\)\\s*$");

  private final Deque<Block> open = new ArrayDeque<>();
  private final ImmutableList.Builder<Method> methods = ImmutableList.builder();
  private final StringBuilder header = new StringBuilder();
  private int headerLine;

  private JavaMethods() {}

  static ImmutableList<Method> of(String source) {
    JavaMethods methods = new JavaMethods();
    String code = codeOnly(source);
    int line = 1;
    for (int i = 0; i < code.length(); i++) {
      methods.take(code.charAt(i), line);
      if (code.charAt(i) == '\n') {
        line++;
      }
    }
    return methods.methods.build();
  }

  /** The source with comments and literals blanked out, line by line as before. */
  static String codeOnly(String source) {
    return NOT_CODE
        .matcher(source)
        .replaceAll(
            found -> found.group().chars().anyMatch(c -> c == '\n') ? lines(found.group()) : " ");
  }

  private static String lines(String text) {
    return "\n".repeat((int) text.chars().filter(c -> c == '\n').count());
  }

  private void take(char c, int line) {
    if (c == '{') {
      boolean isInType = !open.isEmpty() && open.peek().isType();
      String said = header.toString().strip().replaceAll("\\s+", " ");
      boolean isType = TYPE.matcher(said).find() || ANONYMOUS.matcher(said).find();
      open.push(new Block(isType, isInType, said, headerLine));
      header.setLength(0);
    } else if (c == '}') {
      Block closed = open.pop();
      if (closed.isInType() && !closed.isType()) {
        methods.add(new Method(closed.header(), closed.firstLine(), line));
      }
      header.setLength(0);
    } else if (c == ';') {
      header.setLength(0);
    } else if (!Character.isWhitespace(c) || header.length() > 0) {
      if (header.length() == 0) {
        headerLine = line;
      }
      header.append(c);
    }
  }
}
