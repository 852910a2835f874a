package dev.axiomml.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Each rule holds for the house, and fails on the small wrong house in the package {@code wrong}.
 */
class ArrowsTest {
  private static final String WRONG = "dev.axiomml.docs.wrong";
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(place -> !place.contains("/dev/axiomml/testing/"))
          .importPackages("dev.axiomml");
  private static final JavaClasses WRONG_HOUSE = new ClassFileImporter().importPackages(WRONG);

  private static Stream<Named<Function<Arrows, ArchRule>>> rules() {
    return Stream.of(
        Named.of("layers", Arrows::layers),
        Named.of("no cycles", Arrows::noCycles),
        Named.of("independent check", Arrows::independentCheck),
        Named.of("z3 only in verify.z3", Arrows::z3OnlyInItsPackage),
        Named.of("nd4j only in backend.nd4j", Arrows::nd4jOnlyInItsPackage),
        Named.of("test libraries only in verify.junit", Arrows::junitOnlyInItsPackage),
        Named.of("protobuf nowhere", Arrows::protobufNowhere),
        Named.of("functions of one answer", Arrows::functionsOfOneAnswer),
        Named.of("native methods only in backend.jni", Arrows::nativeMethodsOnlyInJni),
        Named.of("library loading only in backend.jni", Arrows::loadingOnlyInJni));
  }

  @TestFactory
  Stream<DynamicTest> the_house_keeps_its_arrows() {
    return DynamicTest.stream(rules(), rule -> rule.apply(new Arrows("dev.axiomml")).check(HOUSE));
  }

  @TestFactory
  Stream<DynamicTest> the_wrong_house_breaks_each_rule() {
    return DynamicTest.stream(
        rules(),
        rule ->
            assertThat(rule.apply(new Arrows(WRONG)).evaluate(WRONG_HOUSE).hasViolation())
                .isTrue());
  }

  @Test
  void every_library_module_was_looked_at() {
    assertThat(HOUSE.stream().map(type -> type.getPackageName()).toList())
        .contains(
            "dev.axiomml.core.error",
            "dev.axiomml.dsl",
            "dev.axiomml.verify",
            "dev.axiomml.interop.pytorch",
            "dev.axiomml.backend.jni",
            "dev.axiomml.cli");
  }
}
