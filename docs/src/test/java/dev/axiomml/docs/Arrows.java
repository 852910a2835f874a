package dev.axiomml.docs;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;

/**
 * The arrows between packages below one root, as rules.
 *
 * @param root the package above core, dsl, verify, interop, backend and cli
 */
record Arrows(String root) {
  /** core ← {dsl, verify, interop, backend} ← {cli, examples}; the four never see each other. */
  ArchRule layers() {
    return layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .withOptionalLayers(true)
        .layer("core")
        .definedBy(all("core"))
        .layer("dsl")
        .definedBy(all("dsl"))
        .layer("verify")
        .definedBy(all("verify"))
        .layer("interop")
        .definedBy(all("interop"))
        .layer("backend")
        .definedBy(all("backend"))
        .layer("top")
        .definedBy(all("cli"), all("examples"))
        .whereLayer("dsl")
        .mayOnlyBeAccessedByLayers("top")
        .whereLayer("verify")
        .mayOnlyBeAccessedByLayers("top")
        .whereLayer("interop")
        .mayOnlyBeAccessedByLayers("top")
        .whereLayer("backend")
        .mayOnlyBeAccessedByLayers("top")
        .whereLayer("top")
        .mayNotBeAccessedByAnyLayer();
  }

  ArchRule noCycles() {
    return slices().matching(root + ".(**)").should().beFreeOfCycles();
  }

  /** The code that checks a proof never calls the code that found it. */
  ArchRule independentCheck() {
    return noClasses()
        .that()
        .resideInAPackage(all("verify.check"))
        .should()
        .dependOnClassesThat(
            resideInAPackage(root + "..")
                .and(not(resideInAnyPackage(all("core"), all("verify.check"), all("verify.cert")))))
        .allowEmptyShould(true)
        .because("the code that checks a proof never calls the code that found it");
  }

  ArchRule z3OnlyInItsPackage() {
    return onlyIn("verify.z3", resideInAnyPackage("com.microsoft.z3..", "tools.aqua.."));
  }

  ArchRule nd4jOnlyInItsPackage() {
    return onlyIn("backend.nd4j", resideInAnyPackage("org.nd4j..", "org.bytedeco.."));
  }

  /** Jupiter and AssertJ are for those who test models, not for those who run them. */
  ArchRule junitOnlyInItsPackage() {
    return onlyIn("verify.junit", resideInAnyPackage("org.junit..", "org.assertj.."));
  }

  /** An application may bring any version of protobuf-java, or none. */
  ArchRule protobufNowhere() {
    return noClasses()
        .should()
        .dependOnClassesThat(resideInAPackage("com.google.protobuf.."))
        .allowEmptyShould(true);
  }

  ArchRule nativeMethodsOnlyInJni() {
    return methods()
        .that()
        .haveModifier(JavaModifier.NATIVE)
        .should()
        .beDeclaredInClassesThat()
        .resideInAPackage(all("backend.jni"))
        .allowEmptyShould(true);
  }

  ArchRule loadingOnlyInJni() {
    return noClasses()
        .that()
        .resideOutsideOfPackage(all("backend.jni"))
        .should()
        .callMethod(System.class, "load", String.class)
        .orShould()
        .callMethod(System.class, "loadLibrary", String.class)
        .orShould()
        .callMethod(Runtime.class, "load", String.class)
        .orShould()
        .callMethod(Runtime.class, "loadLibrary", String.class)
        .allowEmptyShould(true);
  }

  /** {@link Math} rounds as the machine does; a counterexample is replayed bit for bit anywhere. */
  ArchRule functionsOfOneAnswer() {
    return noClasses()
        .that()
        .resideInAnyPackage(all("core"), all("interop"))
        .should()
        .accessTargetWhere(
            target(owner(type(Math.class)))
                .and(
                    target(
                        nameMatching(
                            "exp|expm1|log|log1p|log10|pow|cbrt|hypot|.*(sin|cos|tan)h?|atan2"))))
        .allowEmptyShould(true);
  }

  /** Nobody outside {@code home} uses the guests. */
  private ArchRule onlyIn(String home, DescribedPredicate<JavaClass> guests) {
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .and()
        .resideOutsideOfPackage(all(home))
        .should()
        .onlyDependOnClassesThat(not(guests))
        .allowEmptyShould(true)
        .because("only " + home + " knows them");
  }

  private String all(String below) {
    return root + "." + below + "..";
  }
}
