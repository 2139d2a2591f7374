package dev.sojourn.tidy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Predicate;

/** The files of the repository that people write, as a fresh clone has them. */
final class SourceTree {
  private static final ImmutableSet<String> EXTENSIONS =
      ImmutableSet.of(
          "java", "md", "xml", "proto", "yaml", "yml", "sh", "txt", "json", "config", "ts", "mjs",
          "js", "capnp", "toml");
  private static final ImmutableSet<String> OUTPUT =
      ImmutableSet.of("target", "node_modules", "dist", "build");
  private static final ImmutableSet<String> WITHOUT_EXTENSION =
      ImmutableSet.of("sojourn", "run", "jvm.config", ".editorconfig", ".gitignore");

  /** One file, its lines counted from 1. */
  record SourceFile(String path, ImmutableList<String> lines) {
    boolean isJava() {
      return path.endsWith(".java");
    }

    boolean isProduction() {
      return isJava() && path.contains("src/main/java/");
    }

    boolean isMarkdown() {
      return path.endsWith(".md");
    }

    String at(int lineNumber) {
      return path + ":" + lineNumber;
    }

    String text() {
      return String.join("\n", lines);
    }
  }

  private final Path root;
  private final ImmutableList<SourceFile> files;

  private SourceTree(Path root, ImmutableList<SourceFile> files) {
    this.root = root;
    this.files = files;
  }

  /** Reads the tree whose root is the topmost directory above this one that has a pom. */
  static SourceTree read() {
    Path root = null;
    for (Path each = Path.of("").toAbsolutePath(); each != null; each = each.getParent()) {
      if (Files.exists(each.resolve("pom.xml"))) {
        root = each;
      }
    }
    if (root == null) {
      throw new IllegalStateException("no `pom.xml` at or above " + Path.of("").toAbsolutePath());
    }
    ImmutableList.Builder<SourceFile> files = ImmutableList.builder();
    try {
      Files.walkFileTree(root, new Collector(root, files));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new SourceTree(root, files.build());
  }

  Path root() {
    return root;
  }

  ImmutableList<SourceFile> files() {
    return files;
  }

  ImmutableList<SourceFile> filesThat(Predicate<SourceFile> condition) {
    return files.stream().filter(condition).collect(ImmutableList.toImmutableList());
  }

  private static final class Collector extends SimpleFileVisitor<Path> {
    private final Path root;
    private final ImmutableList.Builder<SourceFile> files;

    Collector(Path root, ImmutableList.Builder<SourceFile> files) {
      this.root = root;
      this.files = files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      String name = directory.equals(root) ? "" : String.valueOf(directory.getFileName());
      boolean isOurs = !name.startsWith(".") || name.equals(".ci") || name.equals(".mvn");
      // A build's output and what a user keeps beside the sources are no part of a clone.
      boolean isOutput = OUTPUT.contains(name) || directory.equals(root.resolve("data"));
      return isOurs && !isOutput ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      String name = String.valueOf(file.getFileName());
      String extension = name.substring(name.lastIndexOf('.') + 1);
      if (EXTENSIONS.contains(extension) || WITHOUT_EXTENSION.contains(name)) {
        String path = root.relativize(file).toString().replace('\\', '/');
        String text = Files.readString(file, StandardCharsets.UTF_8);
        files.add(new SourceFile(path, ImmutableList.copyOf(text.split("\n", -1))));
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
