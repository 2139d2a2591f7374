package dev.sojourn.tidy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.common.collect.ImmutableList;
import dev.sojourn.tidy.JavaMethods.Method;
import dev.sojourn.tidy.MarkdownLinks.Link;
import dev.sojourn.tidy.SourceTree.SourceFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each finding names the file, the line and what to do about it. */
final class TidyTest {
  private static final int FILE_LINES_MAX = 500;
  private static final int METHOD_LINES_MAX = 70;

  // The patterns are spelled so that they do not match themselves.
  private static final Pattern UNFINISHED = Pattern.compile("\\b(?:TO[D]O|FIX[M]E)\\b");
  private static final Pattern SWITCHED_OFF = Pattern.compile("@Dis[a]bled\\b");
  private static final Pattern BANNED_TYPE =
      Pattern.compile(
          "\\b(?:class|interface|enum|record)\\s+(\\w*(?:Manager|Helper|Utils|Util|Impl))\\b");
  private static final Pattern SOMEBODYS_PATH =
      Pattern.compile("(?<![\\w.~}$-])/(?:home|root|tmp|Users)/");
  private static final Pattern URL_HOST = Pattern.compile("https?://([A-Za-z0-9.-]+)(\\S*)");
  private static final Pattern DOWNLOAD_LABEL =
      Pattern.compile(
          "(?:repo\\d*|maven|registry|mirrors?|nexus|artifactory|proxy|packages?|downloads?|pypi"
              + "|npmjs|jitpack|plugins)");
  private static final Pattern XML_NAMESPACE = Pattern.compile("^/(?:POM|xsd)/.*");

  private static final SourceTree TREE = SourceTree.read();

  @Test
  void shouldSeeTheWholeRepository() {
    assertThat(TREE.files()).anyMatch(SourceFile::isProduction).anyMatch(SourceFile::isMarkdown);
    assertThat(TREE.files()).extracting(SourceFile::path).contains("pom.xml", "sojourn");
  }

  @Test
  void shouldKeepProductionFilesShort() {
    List<String> findings = new ArrayList<>();
    for (SourceFile file : TREE.filesThat(SourceFile::isProduction)) {
      int lines = file.lines().size();
      if (lines > FILE_LINES_MAX) {
        findings.add(
            file.at(lines) + " over " + FILE_LINES_MAX + " lines; split it by what it does");
      }
    }
    assertThat(findings).isEmpty();
  }

  @Test
  void shouldKeepMethodsShort() {
    List<String> findings = new ArrayList<>();
    for (SourceFile file : TREE.filesThat(SourceFile::isProduction)) {
      for (Method method : JavaMethods.of(file.text())) {
        if (method.length() > METHOD_LINES_MAX) {
          findings.add(
              file.at(method.firstLine())
                  + (" `" + method.header() + "` has " + method.length() + " lines, over ")
                  + (METHOD_LINES_MAX + "; take a step of it out under a name"));
        }
      }
    }
    assertThat(findings).isEmpty();
  }

  @Test
  void shouldNameTypesByWhatTheyAre() {
    assertThat(
            matches(
                SourceFile::isJava,
                BANNED_TYPE,
                "says nothing about what it does; name it by the protocol's word for it"))
        .isEmpty();
  }

  @Test
  void shouldLeaveNothingUnfinished() {
    assertThat(matches(any -> true, UNFINISHED, "finish it, or open an issue and take it out"))
        .isEmpty();
  }

  @Test
  void shouldSwitchNoTestOff() {
    assertThat(matches(SourceFile::isJava, SWITCHED_OFF, "mend the test or remove it")).isEmpty();
  }

  @Test
  void shouldNameNobodysDirectories() {
    assertThat(
            matches(
                any -> true,
                SOMEBODYS_PATH,
                "exists on one machine alone; use a relative path, or @TempDir in a test"))
        .isEmpty();
  }

  @Test
  void shouldNameNoDownloadHost() {
    List<String> findings = new ArrayList<>();
    for (SourceFile file : TREE.files()) {
      for (int i = 0; i < file.lines().size(); i++) {
        Matcher url = URL_HOST.matcher(file.lines().get(i));
        while (url.find()) {
          boolean isName = XML_NAMESPACE.matcher(url.group(2)).matches();
          if (!isName && isDownloadHost(url.group(1))) {
            findings.add(
                file.at(i + 1)
                    + (" names the download host `" + url.group(1) + "`; leave it to")
                    + " the settings of whoever builds");
          }
        }
      }
    }
    assertThat(findings).isEmpty();
  }

  @Test
  void shouldLinkToFilesThatExist() {
    List<String> findings = new ArrayList<>();
    for (SourceFile file : TREE.filesThat(SourceFile::isMarkdown)) {
      Path directory = TREE.root().resolve(file.path()).getParent();
      for (Link link : MarkdownLinks.of(file.lines())) {
        if (directory == null || !Files.exists(directory.resolve(link.target()))) {
          findings.add(
              file.at(link.line())
                  + (" links to `" + link.target() + "`, which does not exist; mend the link"));
        }
      }
    }
    assertThat(findings).isEmpty();
  }

  @Test
  void shouldCountTheLinesOfAMethodAndNotThoseOfItsComments() {
    String source =
        """
        /** { a brace in a comment */
        public final class Sample<T extends Comparable<T>> {
          private static final String TEXT = "{ // } \\" {";
          private static final char BRACE = '{';

          record Inner(int number) {
            Inner {
              assert number > 0;
            }
          }

          @SuppressWarnings("unused")
          int first(
              int number) throws Exception {
            if (number > 0) {
              return 1;
            }
            return 2;
          }

          private final Runnable work = new Runnable() {
            @Override
            public void run() {}
          };
        }
        """;
    assertThat(JavaMethods.of(source))
        .extracting(Method::firstLine, Method::lastLine)
        .containsExactly(tuple(7, 9), tuple(12, 19), tuple(22, 23));
  }

  @Test
  void shouldFindRelativeLinksAlone() {
    ImmutableList<String> lines =
        ImmutableList.of(
            "See [the page](a/b.md#part) and [the site](https://example.net/x), [below](#here).",
            "A call `list[0](c.md)` is no link.",
            "```",
            "[neither](d.md)",
            "```",
            "[titled](e.md \"Title\")");
    assertThat(MarkdownLinks.of(lines)).containsExactly(new Link(1, "a/b.md"), new Link(6, "e.md"));
  }

  @Test
  void shouldTellADownloadHostFromAnother() {
    assertThat(isDownloadHost("repo1." + "maven.example")).isTrue();
    assertThat(isDownloadHost("my-mirror." + "example.net")).isTrue();
    assertThat(isDownloadHost("www.rfc-editor.org")).isFalse();
    assertThat(isDownloadHost("json-schema.org")).isFalse();
  }

  private static boolean isDownloadHost(String host) {
    for (String label : host.split("[.-]")) {
      if (DOWNLOAD_LABEL.matcher(label).matches()) {
        return true;
      }
    }
    return false;
  }

  private static List<String> matches(Predicate<SourceFile> where, Pattern pattern, String remedy) {
    List<String> findings = new ArrayList<>();
    for (SourceFile file : TREE.filesThat(where)) {
      for (int i = 0; i < file.lines().size(); i++) {
        Matcher matcher = pattern.matcher(file.lines().get(i));
        if (matcher.find()) {
          String found = matcher.groupCount() > 0 ? matcher.group(1) : matcher.group();
          findings.add(file.at(i + 1) + " `" + found + "`: " + remedy);
        }
      }
    }
    return findings;
  }
}
