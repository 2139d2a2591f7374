package dev.sojourn.sim.layers;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Each package of the simulator can be understood without those that rest upon it. */
@AnalyzeClasses(packages = "dev.sojourn.sim", importOptions = ImportOption.DoNotIncludeTests.class)
final class LayersTest {
  @ArchTest
  static final ArchRule shouldHaveNoCirclesOfPackages =
      slices().matching("dev.sojourn.sim.(*)..").should().beFreeOfCycles();
}
