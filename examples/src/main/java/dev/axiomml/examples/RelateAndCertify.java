package dev.axiomml.examples;

import static dev.axiomml.dsl.Dsl.inputIn;
import static dev.axiomml.dsl.Dsl.linf;
import static dev.axiomml.dsl.Dsl.property;
import static dev.axiomml.dsl.Dsl.scores;
import static dev.axiomml.dsl.Dsl.vector;

import dev.axiomml.core.model.DataLoader;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.Probabilities;
import dev.axiomml.core.property.Scores;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.tensor.Npy;
import dev.axiomml.dsl.Axiom;
import dev.axiomml.interop.pytorch.PyTorch;
import dev.axiomml.verify.Budget;
import dev.axiomml.verify.CertifiedAccuracy;
import dev.axiomml.verify.ModelGradient;
import dev.axiomml.verify.ModelPair;
import dev.axiomml.verify.Report;
import dev.axiomml.verify.Verifier;
import java.nio.file.Path;
import java.util.List;

/** Claims about two executions, about slopes, and about all samples of a data set. */
public final class RelateAndCertify {
  private static final Budget TIME = Budget.seconds(30);

  private RelateAndCertify() {}

  /** Prints what is proved; the folder of the example models is the argument. */
  public static void main(String[] arguments) {
    System.out.println(fairness());
    System.out.println(slopes());
    System.out.println(accuracy(Path.of(arguments[0]), 20));
  }

  /** Scores two classes from four numbers; its weights are random, the same each time. */
  static Model<Scores> credit() {
    return Axiom.model("Credit")
        .input(vector(4))
        .dense(8)
        .relu()
        .dense(2)
        .output(scores(2))
        .build();
  }

  /** How far the scores may move when element 3 alone is another one. */
  static Report fairness() {
    Model<Output> pair = ModelPair.counterparts(credit(), 3).difference();
    Theorem<Output> fair = property("norminf(output) <= 0.6").forAll(inputIn(0, 1));
    return Verifier.prove(pair, List.of(fair), TIME);
  }

  /** How steep the first score is, over real numbers. */
  static Report slopes() {
    Model<Output> slopes = ModelGradient.of(credit(), 0);
    Theorem<Output> lipschitz = property("norm1(output) <= 1").forAll(inputIn(0, 1));
    return Verifier.prove(slopes, List.of(lipschitz), TIME.overTheReals());
  }

  /** Of how many digits no input within 0.01 has another class. */
  static CertifiedAccuracy accuracy(Path models, int digits) {
    Model<Probabilities> model =
        PyTorch.load(models.resolve("digits.pt2")).asClassifier().within(0, 1);
    DataLoader data =
        DataLoader.of(
            Npy.read(models.resolve("digits-test-images.npy")).slice(0, digits).permute(0, 2, 3, 1),
            Npy.read(models.resolve("digits-test-labels.npy")).slice(0, digits));
    return CertifiedAccuracy.of(model, data, linf(0.01), Budget.seconds(10));
  }
}
