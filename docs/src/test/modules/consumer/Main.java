package consumer;

import static dev.axiomml.dsl.Dsl.*;

import dev.axiomml.core.model.CompiledModel;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.Probabilities;
import dev.axiomml.core.run.Backends;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.dsl.Axiom;
import dev.axiomml.dsl.zoo.Zoo;
import dev.axiomml.interop.pytorch.PyTorch;
import dev.axiomml.interop.safetensors.SafeTensors;
import dev.axiomml.verify.Budget;
import dev.axiomml.verify.Verifier;
import java.nio.file.Path;

/** An application on the module path: it names three modules and finds the rest as services. */
public final class Main {
  private Main() {}

  /** Argument: a folder to write to. */
  public static void main(String[] arguments) {
    Model<Probabilities> model = written();
    System.out.println("prover found: " + model.verify().passed());
    Verdict verdict = Verifier.prove(model, noNaN().forAll(inputIn(0, 1)), Budget.seconds(20));
    System.out.println("theorem: " + verdict.word());
    System.out.println("zoo found: " + opened(Path.of(arguments[0])).name());
    System.out.println("backends: " + Backends.present().stream().map(b -> b.id().name()).toList());
    System.out.println("fastest: " + fastest(model));
  }

  private static Model<Probabilities> written() {
    return Axiom.model("written")
        .input(image(6, 6, 1))
        .conv(2, 3, same()).relu().maxPool(2)
        .flatten()
        .dense(3).softmax()
        .output(probabilities(3))
        .prove(validProbabilities().forAll(inputIn(0, 1)))
        .build();
  }

  /** Weights only: which network they belong to is the zoo's to say. */
  private static Model<?> opened(Path folder) {
    Path file = folder.resolve("weights.safetensors");
    SafeTensors.save(Zoo.squeezenet().build(), file);
    return PyTorch.load(file);
  }

  private static String fastest(Model<?> model) {
    Tensor image = Tensor.random(Shape.of(1, 6, 6, 1), 1, 0, 1);
    try (CompiledModel compiled = model.compile(Backends.choose().chosen())) {
      boolean same = compiled.predict(image).shape().equals(model.predict(image).shape());
      return compiled.backend() + (same ? " runs" : " differs");
    }
  }
}
