package dev.axiomml.examples;

import static dev.axiomml.dsl.Dsl.image;
import static dev.axiomml.dsl.Dsl.probabilities;
import static dev.axiomml.dsl.Dsl.validProbabilities;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.property.Probabilities;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.dsl.Axiom;
import dev.axiomml.dsl.ImageFlow;
import dev.axiomml.dsl.ModelInput;
import dev.axiomml.dsl.zoo.Zoo;

/** A classifier on ResNet-18's features with a head of its own. */
public final class RewriteWithZoo {
  private RewriteWithZoo() {}

  /** Prints the model and one prediction. */
  public static void main(String[] arguments) {
    Model<Probabilities> model = classifier(32, 5);
    System.out.println(model.summary());
    System.out.println(model.predict(Tensor.random(Shape.of(1, 32, 32, 3), 1, 0, 1)));
  }

  /**
   * The classifier.
   *
   * @param size height and width of its images
   * @param classes how many classes it tells apart
   */
  static Model<Probabilities> classifier(int size, int classes) {
    ModelInput<ImageFlow> images = image(size, size, 3);
    return Axiom.model("pets")
        .input(images)
        .then(Zoo.resnet18().input(images).features())
        .asImage()
        .globalAveragePool()
        .dense(classes)
        .softmax()
        .output(probabilities(classes))
        .ensure(validProbabilities())
        .prove("∀x. no_nan(output(x))")
        .build();
  }
}
