package dev.axiomml.interop.onnx;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.schema.OnnxSchema.GraphProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Types of results whose sizes are known only while the graph runs: the number of axes is told. */
final class Guessing {
  private Guessing() {}

  static Optional<List<Type>> types(Site site) {
    String op = site.op();
    if (op.startsWith("Reduce")) {
      return axes(site)
          .map(n -> site.attributes().flag("keepdims", true) ? 0 : -n)
          .map(more -> ranked(site, more));
    }
    return switch (op) {
      case "Pad", "Tile", "Resize", "Upsample", "Trilu", "CumSum" -> Optional.of(ranked(site, 0));
      case "Squeeze" -> axes(site).map(n -> ranked(site, -n));
      case "Unsqueeze" -> axes(site).map(n -> ranked(site, n));
      case "Loop" -> loop(site);
      default -> Optional.empty();
    };
  }

  /** How many axes the second operand lists. */
  private static Optional<Integer> axes(Site site) {
    boolean told = site.has(1) && site.rank(1) == 1 && site.shape(1).isFixed();
    return told ? Optional.of(site.shape(1).size(0)) : Optional.empty();
  }

  private static List<Type> ranked(Site site, int more) {
    return List.of(Type.of(fresh(site.symbol(), site.rank(0) + more), site.dtype(0)));
  }

  private static Shape fresh(String name, int rank) {
    return new Shape(IntStream.range(0, rank).mapToObj(i -> Dim.symbol(name + "_" + i)).toList());
  }

  /** What is carried keeps its number of axes; what is collected gains one. */
  private static Optional<List<Type>> loop(Site site) {
    Optional<GraphProto> body = site.attributes().graph("body");
    if (body.isEmpty()) {
      return Optional.empty();
    }
    List<Type> types = new ArrayList<>();
    for (int i = 2; i < site.operands(); i++) {
      Value carried = site.in(i);
      types.add(carried.type());
    }
    Declared declared = new Declared(body.get());
    for (int i = 1 + types.size(); i < body.get().getOutputCount(); i++) {
      Optional<Type> each = declared.of(body.get().getOutput(i).getName());
      if (each.isEmpty() || !each.get().isTensor()) {
        return Optional.empty();
      }
      Shape shape = fresh(site.symbol() + "_" + i, each.get().shape().rank() + 1);
      types.add(Type.of(shape, each.get().dtype()));
    }
    return types.size() == site.results() ? Optional.of(types) : Optional.empty();
  }
}
