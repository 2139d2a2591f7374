package dev.sojourn.tidy;

import com.google.common.collect.ImmutableList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the links of a Markdown file that point to other files of the repository. */
final class MarkdownLinks {
  /**
   * @param target as written, without the part after `#`
   */
  record Link(int line, String target) {}

  private static final Pattern LINK = Pattern.compile("\\]\\(([^()\\s]+)(?:\\s+\"[^\"]*\")?\\)");
  private static final Pattern SCHEME = Pattern.compile("^[a-z][a-z+.-]*:.*");

  private MarkdownLinks() {}

  static ImmutableList<Link> of(ImmutableList<String> lines) {
    ImmutableList.Builder<Link> links = ImmutableList.builder();
    boolean inCode = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.strip().startsWith("```")) {
        inCode = !inCode;
      } else if (!inCode) {
        Matcher matcher = LINK.matcher(line.replaceAll("`[^`]*`", "`"));
        while (matcher.find()) {
          String target = matcher.group(1).replaceAll("#.*", "");
          if (!target.isEmpty() && !SCHEME.matcher(target).matches()) {
            links.add(new Link(i + 1, target));
          }
        }
      }
    }
    return links.build();
  }
}
