package dev.sojourn.client;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PublicApiTest {
  private static final String API = "dev.sojourn.client";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(API);

  @Test
  void shouldShowNoTypesButItsOwnAndTheJdks() {
    List<String> foreign = new ArrayList<>();
    for (JavaClass each : CLASSES) {
      if (!each.getPackageName().equals(API) || !isVisible(each)) {
        continue;
      }
      for (JavaCodeUnit unit : each.getCodeUnits()) {
        if (isVisible(unit.getModifiers())) {
          reportForeign(foreign, unit.getFullName(), unit.getAllInvolvedRawTypes());
          unit.getThrowsClause()
              .forEach(t -> reportForeign(foreign, unit.getFullName(), Set.of(t.getRawType())));
        }
      }
      for (JavaField field : each.getFields()) {
        if (isVisible(field.getModifiers())) {
          reportForeign(foreign, field.getFullName(), field.getAllInvolvedRawTypes());
        }
      }
      reportForeign(foreign, each.getName() + " extends", Set.copyOf(each.getAllRawSuperclasses()));
      reportForeign(foreign, each.getName() + " implements", each.getAllRawInterfaces());
    }
    assertThat(foreign).isEmpty();
  }

  @Test
  void shouldDependOnTheWireAlone() {
    noClasses()
        .should()
        .dependOnClassesThat(
            describe(
                "belong to other modules of Sojourn, or to Guava",
                type ->
                    type.getPackageName().startsWith("com.google.common")
                        || (type.getPackageName().startsWith("dev.sojourn.")
                            && !type.getPackageName().startsWith(API)
                            && !type.getPackageName().equals("dev.sojourn.v1"))))
        .check(CLASSES);
  }

  private static void reportForeign(List<String> foreign, String where, Set<JavaClass> types) {
    for (JavaClass type : types) {
      JavaClass base = type.getBaseComponentType();
      boolean ours = base.getPackageName().equals(API) && isVisible(base);
      if (!base.isPrimitive() && !base.getPackageName().startsWith("java.") && !ours) {
        foreign.add(where + " shows " + base.getName());
      }
    }
  }

  private static boolean isVisible(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC);
  }

  private static boolean isVisible(Set<JavaModifier> modifiers) {
    return (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
        && !modifiers.contains(JavaModifier.SYNTHETIC);
  }
}
