package dev.axiomml.interop.onnx.save;

import dev.axiomml.core.op.Cast;
import dev.axiomml.core.op.ConstantOfShape;
import dev.axiomml.core.op.DynamicExpand;
import dev.axiomml.core.op.DynamicReshape;
import dev.axiomml.core.op.DynamicSlice;
import dev.axiomml.core.op.Embedding;
import dev.axiomml.core.op.Gather;
import dev.axiomml.core.op.GatherElements;
import dev.axiomml.core.op.GatherNd;
import dev.axiomml.core.op.Merging;
import dev.axiomml.core.op.NonZero;
import dev.axiomml.core.op.OneHot;
import dev.axiomml.core.op.Range;
import dev.axiomml.core.op.ScatterElements;
import dev.axiomml.core.op.ScatterNd;
import dev.axiomml.core.op.ShapeOf;
import dev.axiomml.core.op.SizeOf;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import java.util.List;
import java.util.Locale;

/** What is only run: computed positions, shapes and element types. */
final class RunRows {
  private static final int EXTREMES = 18;

  private RunRows() {}

  static void add(Rows to) {
    to.any(Cast.class, RunRows::cast);
    to.any(ConstantOfShape.class, RunRows::constantOfShape);
    to.any(DynamicExpand.class, (op, at) -> at.answer("Expand", at.in(0), at.int64(1)));
    to.any(DynamicReshape.class, RunRows::reshape);
    to.any(DynamicSlice.class, (op, at) -> at.answer(Call.of("Slice", at.in())));
    to.any(Embedding.class, RunRows::embedding);
    to.any(Gather.class, RunRows::gather);
    to.any(GatherElements.class, RunRows::gatherElements);
    to.any(GatherNd.class, RunRows::gatherNd);
    to.any(NonZero.class, (op, at) -> at.answer("NonZero", at.in(0)));
    to.any(
        OneHot.class, (op, at) -> at.answer(Call.of("OneHot", at.in()).whole("axis", op.axis())));
    to.any(Range.class, (op, at) -> at.answer(Call.of("Range", at.in())));
    to.put(
        ScatterElements.class,
        new Row<>(Row.Lie.ANY, (op, in) -> since(op.merging()), RunRows::scatterElements));
    to.put(
        ScatterNd.class,
        new Row<>(Row.Lie.ANY, (op, in) -> since(op.merging()), RunRows::scatterNd));
    to.any(ShapeOf.class, RunRows::shapeOf);
    to.any(SizeOf.class, (op, at) -> at.answer("Size", at.in(0)));
  }

  /** Whether numbers beyond the type become its largest is said for floats of eight bits only. */
  private static List<String> cast(Cast op, Spot at) {
    Call call = at.casting(at.in(0), op.to());
    boolean narrow = op.to().isFloat() && op.to().bits() <= 8;
    return at.answer(narrow ? call.flag("saturate", op.saturate()) : call);
  }

  private static List<String> constantOfShape(ConstantOfShape op, Spot at) {
    Call call = Call.of("ConstantOfShape", at.int64(0));
    return at.answer(at.with(call, "value", op.value().reshape(Shape.of(1))));
  }

  private static List<String> reshape(DynamicReshape op, Spot at) {
    Call call = Call.of("Reshape", at.in(0), at.int64(1));
    return at.answer(op.zeroIsEmpty() ? call.flag("allowzero", true) : call);
  }

  /** Positions are int32 or int64 in ONNX. */
  private static String positions(Spot at, int i) {
    return at.type(i).dtype() == DType.INT32 ? at.in(i) : at.int64(i);
  }

  private static List<String> embedding(Embedding op, Spot at) {
    return at.answer("Gather", at.weight(op.table()), positions(at, 0));
  }

  private static List<String> gather(Gather op, Spot at) {
    return at.answer(Call.of("Gather", at.in(0), positions(at, 1)).whole("axis", op.axis()));
  }

  private static List<String> gatherElements(GatherElements op, Spot at) {
    return at.answer(
        Call.of("GatherElements", at.in(0), positions(at, 1)).whole("axis", op.axis()));
  }

  private static List<String> gatherNd(GatherNd op, Spot at) {
    return at.answer(Call.of("GatherND", at.in(0), at.int64(1)).whole("batch_dims", op.batch()));
  }

  private static int since(Merging merging) {
    return merging == Merging.MIN || merging == Merging.MAX ? EXTREMES : Row.OPSET;
  }

  private static Call merged(Call call, Merging merging) {
    return merging == Merging.REPLACE
        ? call
        : call.text("reduction", merging.name().toLowerCase(Locale.ROOT));
  }

  private static List<String> scatterElements(ScatterElements op, Spot at) {
    Call call = Call.of("ScatterElements", at.in(0), positions(at, 1), at.in(2));
    return at.answer(merged(call.whole("axis", op.axis()), op.merging()));
  }

  private static List<String> scatterNd(ScatterNd op, Spot at) {
    return at.answer(merged(Call.of("ScatterND", at.in(0), at.int64(1), at.in(2)), op.merging()));
  }

  private static List<String> shapeOf(ShapeOf op, Spot at) {
    return at.answer(Call.of("Shape", at.in(0)).whole("start", op.from()).whole("end", op.to()));
  }
}
