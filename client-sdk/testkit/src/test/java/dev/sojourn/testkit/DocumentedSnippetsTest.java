package dev.sojourn.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.client.Session;
import dev.sojourn.client.SojournClient;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every piece of Java in the documents and the Javadoc of the SDK is compiled, and run. */
class DocumentedSnippetsTest {
  private static final Pattern IN_MARKDOWN = Pattern.compile("(?s)```java\n(.*?)```");
  private static final Pattern IN_JAVADOC =
      Pattern.compile("(?s)<pre>\\{@code\n(.*?)\n \\* }</pre>");

  /** Fields, so that a snippet may declare a variable of the same name. */
  private static final String AROUND =
      """
      import static org.junit.jupiter.api.Assertions.*;
      import dev.sojourn.client.*;
      import dev.sojourn.testkit.*;
      import java.nio.charset.StandardCharsets;
      import java.time.Duration;
      import java.util.*;
      public final class Snippet {
        interface Request { String getHeader(String name); }
        interface Response { void addHeader(String name, String value); }
        interface Log { default void info(String text, Object... values) {} default void warn(String text, Object... values) {} }
        private final SojournClient sojourn;
        private final Session session;
        private final String hint;
        private final String cookies;
        private final byte[] bytes = {1, 2, 3};
        private final byte[] line = {4, 5};
        private final Log log = new Log() {};
        private final Request request;
        private final Response response = (name, value) -> {};
        public Snippet(SojournClient sojourn, Session session, String hint) {
          this.sojourn = sojourn;
          this.session = session;
          this.hint = hint;
          this.cookies = "__Host-sojourn=" + hint;
          this.request = name -> cookies;
        }
        private void retryLater(Session session) {}
        public void run() throws Exception {
      %s
        }
      }
      """;

  @SuppressWarnings("NullAway.Init")
  private static SojournTestKit kit;

  @TempDir private Path directory = Path.of("");

  private record Snippet(String name, String code) {}

  @BeforeAll
  static void startAPop() {
    kit = SojournTestKit.builder().pop("bos", "US").namespace("shop").start();
  }

  @AfterAll
  static void stopIt() {
    kit.close();
  }

  @TestFactory
  Stream<DynamicTest> shouldCompileAndRun() throws IOException {
    List<Snippet> all = snippets();
    assertThat(all).hasSizeGreaterThan(10);
    return all.stream().map(each -> DynamicTest.dynamicTest(each.name(), () -> run(each)));
  }

  private void run(Snippet snippet) throws Exception {
    String code = snippet.code().replace("127.0.0.1:7100", kit.address("bos"));
    Path folder = Files.createDirectories(directory.resolve("s" + snippet.name().hashCode()));
    Path source = folder.resolve("Snippet.java");
    Files.writeString(source, AROUND.formatted(code));
    StringWriter said = new StringWriter();
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
      boolean compiled =
          compiler
              .getTask(said, files, null, options, null, files.getJavaFileObjects(source))
              .call();
      assertThat(compiled).as("%s%n%s", said, code).isTrue();
    }
    SojournClient client = kit.client("bos", "shop");
    Session session = client.open(null);
    session.increment("hits", 41).putText("cart", "figs").save();
    URL[] classes = {folder.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(classes, getClass().getClassLoader())) {
      Class<?> type = loader.loadClass("Snippet");
      Object made =
          type.getConstructor(SojournClient.class, Session.class, String.class)
              .newInstance(client, session, session.hint().orElseThrow());
      type.getMethod("run").invoke(made);
    }
  }

  private static List<Snippet> snippets() throws IOException {
    List<Snippet> all = new ArrayList<>();
    for (String document : List.of("README.md", "docs/sdk.md")) {
      collect(all, Path.of("../..").resolve(document), IN_MARKDOWN);
    }
    for (String root : List.of("../src/main/java", "src/main/java")) {
      try (Stream<Path> files = Files.walk(Path.of(root))) {
        for (Path file :
            files.filter(each -> each.toString().endsWith(".java")).sorted().toList()) {
          collect(all, file, IN_JAVADOC);
        }
      }
    }
    return all;
  }

  private static void collect(List<Snippet> all, Path file, Pattern pattern) throws IOException {
    String text = Files.readString(file);
    Matcher found = pattern.matcher(text);
    while (found.find()) {
      long line = text.substring(0, found.start(1)).lines().count() + 1;
      String code = found.group(1).replaceAll("(?m)^ \\* ?", "");
      all.add(new Snippet(file.getFileName() + ":" + line, code));
    }
  }
}
