package dev.sojourn.sim.mutant;

import com.google.common.collect.ImmutableMap;
import dev.sojourn.sim.world.Core;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * A core compiled from sources in memory and loaded beside the real one. What it does not define
 * itself (values, events, effects, messages) it shares with the simulator.
 */
final class CompiledCore {
  private static final String MAKER = "dev.sojourn.core.MakerOfThisCore";

  /** Compiled with the core, so that it is driven without reflection. */
  private static final String MAKER_SOURCE =
      """
      package dev.sojourn.core;

      public final class MakerOfThisCore implements dev.sojourn.sim.world.Core.Maker {
        @Override
        public dev.sojourn.sim.world.Core make(
            CoreSettings settings, dev.sojourn.value.RandomSource random) {
          return new SessionProtocol(settings, random)::handle;
        }
      }
      """;

  private CompiledCore() {}

  /**
   * @param sources the lines of each file by its path
   * @throws IllegalArgumentException if they do not compile, with the compiler's words
   */
  static Core.Maker of(Map<String, List<String>> sources) {
    ImmutableMap<String, byte[]> classes = compile(sources);
    try {
      return new OwnClasses(classes)
          .loadClass(MAKER)
          .asSubclass(Core.Maker.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static ImmutableMap<String, byte[]> compile(Map<String, List<String>> sources) {
    List<Source> all = new ArrayList<>();
    sources.forEach((path, lines) -> all.add(new Source(path, String.join("\n", lines))));
    all.add(new Source("MakerOfThisCore.java", MAKER_SOURCE));
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    DiagnosticCollector<JavaFileObject> told = new DiagnosticCollector<>();
    try (InMemory files = new InMemory(compiler.getStandardFileManager(told, null, null))) {
      List<String> options =
          List.of("-proc:none", "-nowarn", "-cp", System.getProperty("java.class.path"));
      if (!compiler.getTask(null, files, told, options, null, all).call()) {
        throw new IllegalArgumentException("does not compile: " + told.getDiagnostics());
      }
      return files.classes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String path, String text) {
      super(URI.create("memory:///" + path), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /** Keeps what the compiler writes. */
  private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> written = new LinkedHashMap<>();

    InMemory(JavaFileManager standard) {
      super(standard);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      written.put(className, bytes);
      return new SimpleJavaFileObject(URI.create("memory:///" + className), kind) {
        @Override
        public OutputStream openOutputStream() {
          return bytes;
        }
      };
    }

    ImmutableMap<String, byte[]> classes() {
      ImmutableMap.Builder<String, byte[]> classes = ImmutableMap.builder();
      written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
      return classes.build();
    }
  }

  /** Asks itself first, and the simulator's loader for the rest. */
  private static final class OwnClasses extends ClassLoader {
    private final ImmutableMap<String, byte[]> own;

    OwnClasses(ImmutableMap<String, byte[]> own) {
      super(CompiledCore.class.getClassLoader());
      this.own = own;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        byte[] bytes = own.get(name);
        Class<?> loaded = findLoadedClass(name);
        if (bytes == null || loaded != null) {
          return super.loadClass(name, resolve);
        }
        return defineClass(name, bytes, 0, bytes.length);
      }
    }
  }
}
