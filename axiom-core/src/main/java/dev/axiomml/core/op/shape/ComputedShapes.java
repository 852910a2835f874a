package dev.axiomml.core.op.shape;

import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Shapes that are computed at run time. */
final class ComputedShapes {
  private ComputedShapes() {}

  /** As many new symbols as a list of sizes has elements. */
  static Shape fresh(String name, Type sizes) {
    List<Dim> dims = new ArrayList<>();
    for (int i = 0; i < sizes.shape().size(0); i++) {
      dims.add(Dim.symbol(name + "_" + i));
    }
    return new Shape(dims);
  }

  static List<Dim> dims(Tensor sizes) {
    return Arrays.stream(sizes.toLongs()).mapToObj(Dim::of).toList();
  }
}
