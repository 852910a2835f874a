package dev.axiomml.verify.check;

import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.run.Compilation;
import dev.axiomml.core.run.Plan;
import dev.axiomml.core.run.ReferenceBackend;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Outputs that a certificate says the model gave, held against what the model gives.
 *
 * <p>They are the reference run's own numbers, bit for bit, any NaN being like any other. The
 * reference computes by {@link StrictMath} and in a fixed order, so it has one answer on every
 * machine. Numbers that bounds would merely allow are refused: bounds at a point may be wide, and
 * what stands in a certificate as the model's answer would be none.
 */
record ReplayedOutputs(CheckedModel model) {
  /** What the reference run gives for one sample. */
  List<Tensor> outputs(List<Tensor> inputs) {
    try (Plan plan = new ReferenceBackend().compile(model.graph(), Compilation.DEFAULT)) {
      return plan.run(new ArrayList<RuntimeValue>(inputs)).stream()
          .map(RuntimeValue::tensor)
          .toList();
    }
  }

  /** What is wrong with the outputs of a counterexample, each pair of a Lipschitz claim's alone. */
  Optional<String> fault(Formula formula, Verdict.Refuted refuted) {
    if (!formula.isOfPairs()) {
      return fault(refuted.counterexample(), refuted.replayed());
    }
    Optional<String> fault = Optional.empty();
    boolean pair = refuted.replayed().size() == refuted.counterexample().size();
    for (int i = 0; pair && fault.isEmpty() && i < refuted.replayed().size(); i++) {
      List<Tensor> x = model.complete(List.of(refuted.counterexample().get(i)));
      fault = fault(x, List.of(refuted.replayed().get(i)));
    }
    return pair ? fault : Optional.of("each input of a pair has an output");
  }

  private Optional<String> fault(List<Tensor> inputs, List<Tensor> claimed) {
    List<Tensor> outputs = outputs(inputs);
    boolean fits = claimed.size() == outputs.size();
    for (int i = 0; fits && i < claimed.size(); i++) {
      fits = claimed.get(i).type().equals(outputs.get(i).type());
    }
    if (!fits) {
      return Optional.of("the model's outputs are not of these types: " + types(claimed));
    }
    return same(claimed, outputs)
        ? Optional.empty()
        : Optional.of("the model answers " + outputs + " there, not " + claimed);
  }

  private static List<String> types(List<Tensor> tensors) {
    return tensors.stream().map(tensor -> tensor.type().toString()).toList();
  }

  private static boolean same(List<Tensor> claimed, List<Tensor> outputs) {
    boolean same = true;
    for (int i = 0; i < claimed.size(); i++) {
      same &= claimed.get(i).equals(outputs.get(i)) || alike(claimed.get(i), outputs.get(i));
    }
    return same;
  }

  /** The same numbers, any NaN being like any other. */
  private static boolean alike(Tensor a, Tensor b) {
    boolean numbers = a.dtype().isFloat();
    for (int i = 0; numbers && i < a.size(); i++) {
      numbers = Double.compare(a.doubleAt(i), b.doubleAt(i)) == 0;
    }
    return numbers;
  }
}
