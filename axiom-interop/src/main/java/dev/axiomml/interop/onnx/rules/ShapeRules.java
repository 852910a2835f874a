package dev.axiomml.interop.onnx.rules;

import static java.util.Map.entry;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.move.Dropout;
import dev.axiomml.core.op.move.Expand;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.shape.DynamicExpand;
import dev.axiomml.core.op.shape.DynamicReshape;
import dev.axiomml.core.op.shape.ShapeOf;
import dev.axiomml.core.op.shape.SizeOf;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Steps that change shapes only. */
public final class ShapeRules {
  public static final Map<String, OnnxRule> TABLE =
      Map.ofEntries(
          entry("Constant", ConstantRules::constant),
          entry("ConstantOfShape", ConstantRules::ofShape),
          entry("Dropout", ShapeRules::dropout),
          entry("Expand", ShapeRules::expand),
          entry("Flatten", ShapeRules::flatten),
          entry("Identity", at -> List.of(at.in(0))),
          entry("Reshape", ShapeRules::reshape),
          entry("Shape", ShapeRules::shapeOf),
          entry("Size", at -> List.of(at.emit(new SizeOf(), at.in(0)))),
          entry("Squeeze", ShapeRules::squeeze),
          entry("Transpose", ShapeRules::transpose),
          entry("Unsqueeze", ShapeRules::unsqueeze));

  private ShapeRules() {}

  /** Two axes: all before {@code axis}, and all from it on. */
  public static Shape matrix(Shape shape, int axis) {
    int at = axis < 0 ? axis + shape.rank() : axis;
    return Shape.of(shape.sub(0, at).volume(), shape.sub(at, shape.rank()).volume());
  }

  /** Training with a real rate is random, which no two runs agree on. */
  private static List<Value> dropout(OnnxNodeContext at) {
    boolean training = at.has(2) && at.require(2).longAt(0) != 0;
    double rate = at.has(1) ? at.require(1).doubleAt(0) : at.attributes().number("ratio", 0.5);
    if (training && rate != 0) {
      throw at.refuse("Dropout of rate " + rate + " in training", "models are run, not trained");
    }
    Value y = at.emit(new Dropout(0), at.in(0));
    if (!at.wants(1)) {
      return List.of(y);
    }
    DType dtype = at.version() < 10 ? at.dtype(0) : DType.BOOL;
    int kept = at.version() < 12 ? 0 : 1; // earlier versions leave the mask unfilled
    Tensor one =
        dtype == DType.BOOL
            ? Tensor.ofIntegers(Shape.SCALAR, dtype, kept)
            : Tensor.ofDoubles(Shape.SCALAR, dtype, kept);
    return List.of(y, at.emit(new Expand(at.shape(0)), at.constant(one)));
  }

  private static List<Value> expand(OnnxNodeContext at) {
    Optional<List<Dim>> sizes = at.known(1).sizes();
    if (sizes.isEmpty()) {
      return List.of(at.emit(new DynamicExpand(at.symbol()), at.in(0), at.in(1)));
    }
    Shape to = SelectionRules.broadcast(at.shape(0), new Shape(sizes.get()));
    return List.of(at.emit(new Expand(to), at.in(0)));
  }

  private static List<Value> flatten(OnnxNodeContext at) {
    Shape to = matrix(at.shape(0), at.attributes().integer("axis", 1));
    return List.of(at.emit(new Reshape(to), at.in(0)));
  }

  /** 0 copies a size unless {@code allowzero}, −1 takes what is left. */
  private static List<Value> reshape(OnnxNodeContext at) {
    Optional<List<Dim>> stated =
        at.attributes().longs("shape").map(list -> list.stream().map(Dim::of).toList());
    Optional<List<Dim>> wanted = stated.isPresent() ? stated : at.known(1).sizes();
    boolean copy = !at.attributes().flag("allowzero", false);
    if (wanted.isEmpty()) {
      return List.of(at.emit(new DynamicReshape(at.symbol(), !copy), at.in(0), at.in(1)));
    }
    return List.of(at.emit(new Reshape(filled(at.shape(0), wanted.get(), copy)), at.in(0)));
  }

  private static Shape filled(Shape from, List<Dim> wanted, boolean copy) {
    List<Dim> to = new ArrayList<>();
    int open = -1;
    for (int i = 0; i < wanted.size(); i++) {
      Dim size = wanted.get(i);
      boolean left = size.equals(Dim.of(-1));
      open = left ? i : open;
      to.add(size.equals(Dim.ZERO) && copy ? from.dim(i) : left ? Dim.ONE : size);
    }
    if (open >= 0) {
      Dim rest = new Shape(to).volume();
      to.set(open, rest.equals(Dim.ZERO) ? Dim.ZERO : from.volume().floorDiv(rest));
    }
    return new Shape(to);
  }

  private static List<Value> shapeOf(OnnxNodeContext at) {
    int rank = at.rank(0);
    int start = clamped(at.attributes().integer("start", 0), rank);
    int end = clamped(at.attributes().integer("end", rank), rank);
    return List.of(at.emit(new ShapeOf(start, Math.max(start, end)), at.in(0)));
  }

  private static int clamped(int axis, int rank) {
    return Math.max(0, Math.min(rank, axis < 0 ? axis + rank : axis));
  }

  /** Without axes those of size 1 go, which free sizes do not tell. */
  private static List<Value> squeeze(OnnxNodeContext at) {
    Shape from = at.shape(0);
    Optional<List<Integer>> axes = at.integers("axes", 1);
    if (axes.isEmpty() && !from.isFixed()) {
      throw at.later("Squeeze of " + from + " without axes", "which sizes are 1 must be known");
    }
    List<Integer> gone =
        axes.map(a -> a.stream().map(from::axis).toList())
            .orElseGet(
                () ->
                    IntStream.range(0, from.rank())
                        .filter(i -> from.dim(i).equals(Dim.ONE))
                        .boxed()
                        .toList());
    List<Dim> to = new ArrayList<>();
    for (int i = 0; i < from.rank(); i++) {
      if (!gone.contains(i)) {
        to.add(from.dim(i));
      }
    }
    return List.of(at.emit(new Reshape(new Shape(to)), at.in(0)));
  }

  private static List<Value> unsqueeze(OnnxNodeContext at) {
    List<Integer> axes =
        at.integers("axes", 1)
            .orElseThrow(
                () -> at.refuse("Unsqueeze without axes", "axes say where the new sizes stand"));
    int rank = at.rank(0) + axes.size();
    List<Integer> fresh =
        axes.stream().map(axis -> axis < 0 ? axis + rank : axis).sorted().toList();
    List<Dim> to = new ArrayList<>(at.shape(0).dims());
    fresh.forEach(axis -> to.add(axis, Dim.ONE));
    return List.of(at.emit(new Reshape(new Shape(to)), at.in(0)));
  }

  private static List<Value> transpose(OnnxNodeContext at) {
    List<Integer> reversed = new ArrayList<>(IntStream.range(0, at.rank(0)).boxed().toList());
    Collections.reverse(reversed);
    List<Integer> order = at.attributes().integers("perm").orElse(reversed);
    if (order.size() != at.rank(0)) {
      throw at.refuse("Transpose of " + at.shape(0) + " by " + order, "each axis is named once");
    }
    return List.of(at.emit(new Permute(order), at.in(0)));
  }
}
