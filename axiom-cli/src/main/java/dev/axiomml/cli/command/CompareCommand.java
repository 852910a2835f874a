package dev.axiomml.cli.command;

import dev.axiomml.cli.argument.ModelArgument;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelException;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.tensor.Npy;
import dev.axiomml.core.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code axiom compare}. */
@picocli.CommandLine.Command(
    name = "compare",
    description = "Runs a model and says how far its answers are from those of another program.")
public final class CompareCommand extends AxiomSubcommand {
  @Mixin private ModelArgument model = new ModelArgument();

  @Option(
      names = "--input",
      paramLabel = "X.npy",
      required = true,
      description = "An input in the file's order; once for each, in the model's order.")
  private List<Path> inputs = new ArrayList<>();

  @Option(
      names = "--expect",
      paramLabel = "Y.npy",
      required = true,
      description = "What is expected of an output; once for each, in the model's order.")
  private List<Path> expected = new ArrayList<>();

  @Option(
      names = "--layers",
      paramLabel = "DIR",
      description = "What layers should answer: NAME.npy, named as in axiom summary.")
  private Optional<Path> layers = Optional.empty();

  @Option(names = "--rtol", paramLabel = "R", description = "Relative tolerance (1e-4).")
  private double relative = 1e-4;

  @Option(names = "--atol", paramLabel = "A", description = "Absolute tolerance (1e-5).")
  private double absolute = 1e-5;

  @Override
  public Integer call() {
    NumericDifference.Tolerance tolerance = tolerance();
    Model<?> opened = model.open(Layout.AS_FILE);
    int outputs = opened.signature().outputs().size();
    if (expected.size() != outputs) {
      throw refused(
          expected.size() + " --expect for " + outputs + " outputs",
          "the model answers " + opened.signature().outputs(),
          "give --expect once for each of them, in this order");
    }
    List<Tensor> given = inputs.stream().map(Npy::read).toList();
    boolean equal = outputs(opened.predictAll(given), opened, tolerance);
    boolean layersEqual =
        layers
            .map(dir -> layers(new LayerReferences(dir).compare(opened, given, tolerance)))
            .orElse(true);
    out().println(equal && layersEqual ? "equal" : "different");
    return equal && layersEqual ? ExitCodes.OK : ExitCodes.NO;
  }

  private NumericDifference.Tolerance tolerance() {
    if (!(relative >= 0 && absolute >= 0 && relative + absolute > 0)) {
      throw refused(
          "--rtol " + relative + " --atol " + absolute,
          "numbers are equal up to atol + rtol · |expected|, which is above zero",
          "write e.g. --rtol 1e-4 --atol 1e-5");
    }
    return new NumericDifference.Tolerance(relative, absolute);
  }

  private boolean outputs(
      List<Tensor> answers, Model<?> opened, NumericDifference.Tolerance tolerance) {
    boolean equal = true;
    for (int i = 0; i < answers.size(); i++) {
      Tensor wanted = Npy.read(expected.get(i));
      boolean sameKind =
          NumericDifference.isText(wanted) == NumericDifference.isText(answers.get(i));
      if (!sameKind || !wanted.shape().equals(answers.get(i).shape())) {
        throw refused(
            expected.get(i) + " holds " + wanted.type(),
            "output " + (i + 1) + " of the model is " + answers.get(i).type(),
            "give what the other program answers for the same inputs, in the file's order");
      }
      NumericDifference difference = NumericDifference.of(answers.get(i), wanted, tolerance);
      out().println(opened.signature().outputs().get(i) + "  " + difference);
      equal &= difference.isEqual();
    }
    return equal;
  }

  private boolean layers(List<LayerReferences.Compared> compared) {
    Optional<LayerReferences.Compared> first =
        compared.stream().filter(layer -> !layer.isEqual()).findFirst();
    first.ifPresentOrElse(
        layer -> out().println("first layer that differs: " + layer),
        () -> out().println("layers: " + compared.size() + " compared, all equal"));
    return first.isEmpty();
  }

  private static ModelException refused(String what, String why, String fix) {
    return new ModelException(new Diagnosis(what, "axiom compare", why, fix));
  }
}
