package dev.axiomml.cli.command;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.Npy;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A folder with what layers should answer, {@code NAME.npy} for the layer NAME of the summary. */
record LayerReferences(Path folder) {
  /**
   * A layer beside its reference.
   *
   * @param name of the layer
   * @param difference empty when the shapes fit in no order
   * @param shapes both, for a person
   */
  record Compared(String name, Optional<NumericDifference> difference, String shapes) {
    boolean isEqual() {
      return difference.filter(NumericDifference::isEqual).isPresent();
    }

    @Override
    public String toString() {
      return name + "  " + difference.map(NumericDifference::toString).orElse("shapes " + shapes);
    }
  }

  /**
   * Every layer that has a reference, in the order of running.
   *
   * @throws ModelImportException when there is a folder without a single file for a layer
   */
  List<Compared> compare(
      Model<?> model, List<Tensor> inputs, NumericDifference.Tolerance tolerance) {
    Graph graph = model.specialized(inputs.stream().map(Tensor::type).toList()).graph();
    Map<Value, RuntimeValue> all = graph.readAll(new ArrayList<>(inputs), new Interpreter());
    List<Compared> compared = new ArrayList<>();
    for (Node node : graph.nodes()) {
      Path file = folder.resolve(node.name().replace("/", "%2F") + ".npy");
      if (Files.exists(file)) {
        Tensor value = Objects.requireNonNull(all.get(node.out().get(0)), node.name()).tensor();
        compared.add(one(node.name(), value, Npy.read(file), tolerance));
      }
    }
    if (compared.isEmpty()) {
      throw nothing(model);
    }
    return compared;
  }

  private static Compared one(
      String name, Tensor actual, Tensor expected, NumericDifference.Tolerance tolerance) {
    return new Compared(
        name,
        NumericDifference.inSomeOrder(actual, expected, tolerance),
        actual.shape() + " and " + expected.shape());
  }

  private ModelImportException nothing(Model<?> model) {
    List<String> names = model.graph().nodes().stream().map(Node::name).limit(8).toList();
    return new ModelImportException(
        new Diagnosis(
            "no reference for any layer",
            folder.toString(),
            "files are called NAME.npy, with names as axiom summary prints them: " + names + " …",
            "save e.g. " + names.stream().findFirst().orElse("layer") + ".npy there"));
  }
}
