package app;

import static dev.axiomml.dsl.Dsl.*;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.EnsureViolation;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.property.Probabilities;
import dev.axiomml.core.tensor.Npy;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.dsl.Axiom;
import dev.axiomml.interop.pytorch.Descriptor;
import dev.axiomml.interop.pytorch.PyTorch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Uses Axiom as an application does: from its jars alone, which bring no native code. */
public final class Main {
  private Main() {}

  /** Argument: the folder of the digits. */
  public static void main(String[] arguments) throws IOException {
    nothingUnwanted();
    written();
    opened(Path.of(arguments[0]));
    System.out.println("the application runs");
  }

  private static void nothingUnwanted() {
    String classPath = System.getProperty("java.class.path");
    for (String unwanted : new String[] {"nd4j", "z3", "javacpp", "junit", "slf4j-simple"}) {
      if (classPath.contains(unwanted)) {
        throw wrong(unwanted + " on the class path", classPath, "make it optional or test scoped");
      }
    }
  }

  /** A network that is written here, saved, and opened again. */
  private static void written() throws IOException {
    Model<Probabilities> model =
        Axiom.model("written")
            .input(image(8, 8, 1))
            .conv(4, 3, same()).relu().maxPool(2)
            .flatten()
            .dense(3).softmax()
            .output(probabilities(3))
            .ensure(validProbabilities())
            .build();
    Tensor images = Tensor.random(Shape.of(5, 8, 8, 1), 1, 0, 1);
    Path file = Files.createTempDirectory("application").resolve("written.json");
    Descriptor.save(model, file);
    Tensor again = PyTorch.load(file, input(image(8, 8, 1))).predict(images);
    require(distance(model.predict(images), again) < 1e-6, "the saved network answers the same");
  }

  /** PyTorch's file answers what PyTorch answered, and its guard keeps NaN out. */
  private static void opened(Path folder) {
    Model<?> digits = Axiom.guard(PyTorch.load(folder.resolve("digits.pt2"))).ensure(noNaN());
    Tensor images = Npy.read(folder.resolve("digits-test-images.npy")).permute(0, 2, 3, 1);
    Tensor expected = Npy.read(folder.resolve("digits-test-outputs.npy"));
    require(distance(digits.predict(images), expected) < 1e-5, "answers equal PyTorch's");
    try {
      digits.predict(Tensor.full(Shape.of(1, 8, 8, 1), Float.NaN));
      throw wrong("NaN was let through", "ensure", "look at Ensures");
    } catch (EnsureViolation guarded) {
      require(guarded.getMessage().contains("no_nan(output)"), "the guard says what is broken");
    }
  }

  private static double distance(Tensor a, Tensor b) {
    double largest = 0;
    for (int i = 0; i < a.size(); i++) {
      largest = Math.max(largest, Math.abs(a.doubleAt(i) - b.doubleAt(i)));
    }
    return largest;
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw wrong("not so: " + what, "the application", "see src/it/application");
    }
  }

  private static AxiomException wrong(String what, String where, String fix) {
    return new AxiomException(
        new Diagnosis(what, where, "an application needs no more than the jars it names", fix));
  }
}
