package dev.axiomml.core.op;

import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A function of whole tensors that is stated by its parts; run and gradient follow from them, and
 * so do proofs, which take the parts where a member has no rule of its own.
 */
public interface PartsOp extends RowOp, Composite {
  private List<GradientTape.Cell> run(GradientTape tape, List<Type> in, List<GradientTape.Cell> x) {
    return parts(in).orElseThrow().emit(tape, x);
  }

  private static List<GradientTape.Cell> cells(List<Type> in, List<double[]> x) {
    List<GradientTape.Cell> cells = new ArrayList<>();
    for (int i = 0; i < in.size(); i++) {
      cells.add(new GradientTape.Cell(in.get(i), x.get(i)));
    }
    return cells;
  }

  @Override
  default List<double[]> apply(List<Type> in, List<double[]> x) {
    return run(new GradientTape(), in, cells(in, x)).stream()
        .map(GradientTape.Cell::value)
        .toList();
  }

  @Override
  default List<double[]> vjp(List<Type> in, List<double[]> x, List<double[]> g) {
    GradientTape tape = new GradientTape();
    List<GradientTape.Cell> cells = cells(in, x);
    List<GradientTape.Cell> out = run(tape, in, cells);
    for (int k = 0; k < out.size(); k++) {
      out.get(k).receive(g.get(k));
    }
    tape.back();
    return cells.stream().map(GradientTape.Cell::gradient).toList();
  }

  @Override
  default Optional<List<Box>> bound(List<Type> in, List<Box> x) {
    return Optional.empty();
  }
}
