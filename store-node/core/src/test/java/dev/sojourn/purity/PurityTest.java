package dev.sojourn.purity;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The core decides from its events alone: no clock, thread, chance, file or socket. Only so does a
 * simulated run say anything about a real one, and only so does it repeat.
 */
@AnalyzeClasses(packages = "dev.sojourn", importOptions = ImportOption.DoNotIncludeTests.class)
final class PurityTest {
  private static final String[] PURE = {
    "dev.sojourn.core..",
    "dev.sojourn.policy..",
    "dev.sojourn.hint..",
    "dev.sojourn.value..",
    "dev.sojourn.yaml.."
  };

  @ArchTest
  static final ArchRule shouldTouchNoThreadClockChanceFileOrSocket =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat(describe("belong to the world outside", PurityTest::isOutside))
          .as("the pure packages touch no thread, clock, chance, file or socket")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule shouldAskTheMachineForNothing =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .callMethodWhere(call(System.class, "nanoTime", "currentTimeMillis", "getenv"))
          .orShould()
          .callMethodWhere(call(System.class, "getProperty", "identityHashCode"))
          .orShould()
          .callMethodWhere(call(Math.class, "random"))
          .orShould()
          .callMethodWhere(call(java.time.Instant.class, "now"))
          .as("the pure packages are told the time, and all else that differs from run to run");

  @ArchTest
  static final ArchRule shouldIterateInAnOrderThatRepeats =
      noClasses()
          .that()
          .resideInAPackage("dev.sojourn.core..")
          .should()
          .callConstructorWhere(hashed())
          .orShould()
          .callMethodWhere(call(Set.class, "of", "copyOf"))
          .orShould()
          .callMethodWhere(call(Map.class, "of", "copyOf", "ofEntries"))
          .as("the core keeps no collection whose order differs from run to run");

  @ArchTest
  static final ArchRule shouldKeepHintsPoliciesValuesAndFilesFreeOfTheProtocol =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.sojourn.hint..",
              "dev.sojourn.policy..",
              "dev.sojourn.value..",
              "dev.sojourn.yaml..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.sojourn.core..");

  @ArchTest
  static final ArchRule shouldNeedLittleOfOthers =
      classes()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.sojourn.core..",
              "dev.sojourn.policy..",
              "dev.sojourn.hint..",
              "dev.sojourn.value..",
              "dev.sojourn.yaml..",
              "java..",
              "javax.crypto..",
              "com.google.common..",
              "com.google.errorprone.annotations..",
              "org.jspecify.annotations..",
              "org.snakeyaml.engine..");

  @ArchTest
  static final ArchRule shouldKeepCryptographyWithTheHints =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .and()
          .resideOutsideOfPackage("dev.sojourn.hint..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("javax.crypto..");

  @ArchTest
  static final ArchRule shouldKeepTheYamlLibraryInOnePlace =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.sojourn.yaml..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.snakeyaml..");

  private static boolean isOutside(JavaClass type) {
    String name = type.getFullName();
    List<String> packages =
        List.of("java.util.concurrent.", "java.net.", "java.nio.file.", "java.nio.channels.");
    // Exceptions and serial ids of java.io are everywhere; streams, readers and files are not.
    boolean isIo =
        name.startsWith("java.io.")
            && !name.equals("java.io.Serializable")
            && !name.endsWith("Exception");
    return isIo
        || packages.stream().anyMatch(name::startsWith)
        || type.isAssignableTo(Thread.class)
        || type.isAssignableTo(java.time.Clock.class)
        || type.isAssignableTo(java.util.Random.class)
        || type.isEquivalentTo(java.util.SplittableRandom.class)
        || type.isAssignableTo(ThreadLocal.class)
        || type.isEquivalentTo(java.util.UUID.class);
  }

  private static DescribedPredicate<JavaCall<?>> call(Class<?> owner, String... names) {
    return describe(
        owner.getSimpleName() + "." + List.of(names),
        call ->
            call.getTargetOwner().isEquivalentTo(owner)
                && List.of(names).contains(call.getTarget().getName()));
  }

  private static DescribedPredicate<JavaCall<?>> hashed() {
    return describe(
        "a HashMap or a HashSet",
        call ->
            call.getTargetOwner().isEquivalentTo(HashMap.class)
                || call.getTargetOwner().isEquivalentTo(HashSet.class));
  }
}
