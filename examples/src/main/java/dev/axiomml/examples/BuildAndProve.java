package dev.axiomml.examples;

import static dev.axiomml.dsl.Dsl.image;
import static dev.axiomml.dsl.Dsl.inputIn;
import static dev.axiomml.dsl.Dsl.noNaN;
import static dev.axiomml.dsl.Dsl.probabilities;
import static dev.axiomml.dsl.Dsl.same;
import static dev.axiomml.dsl.Dsl.validProbabilities;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.VerificationFindings;
import dev.axiomml.core.property.Probabilities;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.dsl.Axiom;

/** A classifier is written, run, and what it declares is proved. */
public final class BuildAndProve {
  private BuildAndProve() {}

  /** Prints a summary, one prediction and the verdicts. */
  public static void main(String[] arguments) {
    Model<Probabilities> mnist = classifier();
    System.out.println(mnist.summary());
    System.out.println(mnist.predict(Tensor.zeros(Shape.of(1, 28, 28, 1))));
    System.out.println(proved());
  }

  /** The classifier; its weights are random, the same each time. */
  static Model<Probabilities> classifier() {
    return Axiom.model("MNISTClassifier")
        .input(image(28, 28, 1).within(0, 1)) // what it speaks of
        .conv(32, 3, same())
        .relu()
        .maxPool(2)
        .conv(64, 3, same())
        .relu()
        .maxPool(2)
        .flatten()
        .dense(128)
        .relu()
        .dropout(0.5)
        .dense(10)
        .softmax()
        .output(probabilities(10))
        .ensure(validProbabilities())
        .prove(noNaN().forAll(inputIn(0, 1)))
        .build();
  }

  /** The answers to everything that the classifier declares. */
  static VerificationFindings proved() {
    return classifier().verify();
  }
}
