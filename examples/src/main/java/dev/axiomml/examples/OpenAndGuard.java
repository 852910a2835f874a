package dev.axiomml.examples;

import static dev.axiomml.dsl.Dsl.linf;
import static dev.axiomml.dsl.Dsl.noNaN;
import static dev.axiomml.dsl.Dsl.robust;
import static dev.axiomml.dsl.Dsl.validProbabilities;

import dev.axiomml.core.error.EnsureViolation;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.Probabilities;
import dev.axiomml.core.tensor.Npy;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.dsl.Axiom;
import dev.axiomml.interop.pytorch.PyTorch;
import dev.axiomml.verify.Budget;
import dev.axiomml.verify.Verifier;
import java.nio.file.Path;

/** PyTorch's file is opened, guarded with one line, and proved robust around one digit. */
public final class OpenAndGuard {
  private OpenAndGuard() {}

  /** Argument: the folder of the digits, {@code examples/models}. */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments.length > 0 ? arguments[0] : "examples/models");
    Tensor digit = digit(folder, 1);
    System.out.println(guarded(folder).predict(digit));
    System.out.println(refused(folder));
    System.out.println(robustness(folder));
  }

  /** Any model: no prediction with a NaN is ever answered. */
  static Model<?> guarded(Path folder) {
    return Axiom.guard(PyTorch.load(folder.resolve("digits.pt2"))).ensure(noNaN());
  }

  /** A classifier, which has more to promise. */
  static Model<Probabilities> classifier(Path folder) {
    return PyTorch.load(folder.resolve("digits.pt2")).asClassifier().ensure(validProbabilities());
  }

  /** A digit of the test set with its batch axis, channels last. */
  static Tensor digit(Path folder, int number) {
    Tensor images = Npy.read(folder.resolve("digits-test-images.npy"));
    return images.permute(0, 2, 3, 1).slice(number, number + 1);
  }

  /** What the guard says to an image of NaN. */
  static String refused(Path folder) {
    Tensor broken = Tensor.full(digit(folder, 0).shape(), Float.NaN);
    try {
      return "answered " + guarded(folder).predict(broken);
    } catch (EnsureViolation violation) {
      return violation.diagnosis().toString();
    }
  }

  /** Whether any change of at most 0.05 a pixel turns a digit into another. */
  static Verdict robustness(Path folder) {
    return Verifier.prove(
        classifier(folder), robust(digit(folder, 1), linf(0.05)).argmaxStays(), Budget.seconds(30));
  }
}
