package app;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.error.Diagnosis;

/** Uses Axiom as an application does: from its jars alone, which bring no native code. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    String classPath = System.getProperty("java.class.path");
    for (String unwanted : new String[] {"nd4j", "z3", "javacpp", "junit", "slf4j-simple"}) {
      if (classPath.contains(unwanted)) {
        throw new AxiomException(
            new Diagnosis(
                unwanted + " on the class path",
                classPath,
                "axiom-dsl and axiom-interop bring no native jars and no logging binding",
                "make that dependency optional or test scoped"));
      }
    }
    System.out.println("the application runs");
  }
}
