package dev.sojourn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What applications may have been compiled against stays. The file {@code api.txt} lists every
 * public signature; a line that is gone breaks somebody. There is no released version to compare
 * with yet, so the list is the baseline.
 *
 * <p>Written anew with {@code -Dsojourn.api.write=true}, in a commit that says why.
 */
class ApiCompatibilityTest {
  private static final Path BASELINE = Path.of("src/test/resources/dev/sojourn/client/api.txt");

  @Test
  void shouldKeepEverySignatureThatApplicationsMayUse() throws Exception {
    TreeSet<String> now = signatures();
    if (Boolean.getBoolean("sojourn.api.write")) {
      Files.writeString(BASELINE, String.join("\n", now) + "\n");
    }
    List<String> baseline = Files.readAllLines(BASELINE);
    TreeSet<String> gone = new TreeSet<>(baseline);
    gone.removeAll(now);
    TreeSet<String> added = new TreeSet<>(now);
    baseline.forEach(added::remove);

    assertThat(gone).as("gone or changed, which breaks applications: bring it back").isEmpty();
    assertThat(added)
        .as("new and so to be kept: list it in api.txt, with -Dsojourn.api.write=true")
        .isEmpty();
  }

  private static TreeSet<String> signatures() throws IOException, ClassNotFoundException {
    TreeSet<String> all = new TreeSet<>();
    for (Class<?> type : publicTypes()) {
      all.add(headOf(type));
      List<Member> members = new ArrayList<>();
      members.addAll(Arrays.asList(type.getDeclaredFields()));
      members.addAll(Arrays.asList(type.getDeclaredConstructors()));
      members.addAll(Arrays.asList(type.getDeclaredMethods()));
      for (Member member : members) {
        if (isVisible(member.getModifiers()) && !member.isSynthetic()) {
          all.add(
              member instanceof Field field
                  ? field.toGenericString()
                  : ((Executable) member).toGenericString());
        }
      }
    }
    return all;
  }

  private static String headOf(Class<?> type) {
    String supertype =
        type.getGenericSuperclass() == null
            ? ""
            : " extends " + type.getGenericSuperclass().getTypeName();
    String interfaces =
        type.getGenericInterfaces().length == 0
            ? ""
            : " implements "
                + String.join(
                    ", ",
                    Stream.of(type.getGenericInterfaces())
                        .map(each -> each.getTypeName())
                        .toList());
    // Not the type's own text, which differs from JDK to JDK.
    return Modifier.toString(type.getModifiers())
        + (type.isSealed() ? " sealed " : " ")
        + (type.isRecord() ? "record " : type.isEnum() ? "enum " : "type ")
        + type.getName()
        + Arrays.toString(type.getTypeParameters())
        + supertype
        + interfaces;
  }

  private static List<Class<?>> publicTypes() throws IOException, ClassNotFoundException {
    List<Class<?>> types = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("target/classes/dev/sojourn/client"))) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".class") && !name.equals("package-info.class")) {
          Class<?> type = Class.forName("dev.sojourn.client." + name.replace(".class", ""));
          if (isVisible(type.getModifiers())) {
            types.add(type);
          }
        }
      }
    }
    return types;
  }

  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }
}
