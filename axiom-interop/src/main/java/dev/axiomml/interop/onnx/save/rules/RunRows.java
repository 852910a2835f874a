package dev.axiomml.interop.onnx.save.rules;

import dev.axiomml.core.op.index.Gather;
import dev.axiomml.core.op.index.GatherElements;
import dev.axiomml.core.op.index.GatherNd;
import dev.axiomml.core.op.index.NonZero;
import dev.axiomml.core.op.index.OneHot;
import dev.axiomml.core.op.index.Range;
import dev.axiomml.core.op.index.ScatterElements;
import dev.axiomml.core.op.index.ScatterNd;
import dev.axiomml.core.op.index.ScatterReduction;
import dev.axiomml.core.op.linear.Embedding;
import dev.axiomml.core.op.pair.Cast;
import dev.axiomml.core.op.shape.ConstantOfShape;
import dev.axiomml.core.op.shape.DynamicExpand;
import dev.axiomml.core.op.shape.DynamicReshape;
import dev.axiomml.core.op.shape.DynamicSlice;
import dev.axiomml.core.op.shape.ShapeOf;
import dev.axiomml.core.op.shape.SizeOf;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.onnx.save.node.OnnxCall;
import dev.axiomml.interop.onnx.save.node.WriteContext;
import dev.axiomml.interop.onnx.save.node.WriteRule;
import java.util.List;
import java.util.Locale;

/** What is only run: computed positions, shapes and element types. */
final class RunRows {
  private static final int EXTREMES = 18;

  private RunRows() {}

  static void add(WriteRules to) {
    to.any(Cast.class, RunRows::cast);
    to.any(ConstantOfShape.class, RunRows::constantOfShape);
    to.any(DynamicExpand.class, (op, at) -> at.answer("Expand", at.in(0), at.int64(1)));
    to.any(DynamicReshape.class, RunRows::reshape);
    to.any(DynamicSlice.class, (op, at) -> at.answer(OnnxCall.of("Slice", at.in())));
    to.any(Embedding.class, RunRows::embedding);
    to.any(Gather.class, RunRows::gather);
    to.any(GatherElements.class, RunRows::gatherElements);
    to.any(GatherNd.class, RunRows::gatherNd);
    to.any(NonZero.class, (op, at) -> at.answer("NonZero", at.in(0)));
    to.any(
        OneHot.class,
        (op, at) -> at.answer(OnnxCall.of("OneHot", at.in()).whole("axis", op.axis())));
    to.any(Range.class, (op, at) -> at.answer(OnnxCall.of("Range", at.in())));
    to.put(
        ScatterElements.class,
        new WriteRule<>(
            WriteRule.Lie.ANY, (op, in) -> since(op.merging()), RunRows::scatterElements));
    to.put(
        ScatterNd.class,
        new WriteRule<>(WriteRule.Lie.ANY, (op, in) -> since(op.merging()), RunRows::scatterNd));
    to.any(ShapeOf.class, RunRows::shapeOf);
    to.any(SizeOf.class, (op, at) -> at.answer("Size", at.in(0)));
  }

  /** Whether numbers beyond the type become its largest is said for floats of eight bits only. */
  private static List<String> cast(Cast op, WriteContext at) {
    OnnxCall call = at.casting(at.in(0), op.to());
    boolean narrow = op.to().isFloat() && op.to().bits() <= 8;
    return at.answer(narrow ? call.flag("saturate", op.saturate()) : call);
  }

  private static List<String> constantOfShape(ConstantOfShape op, WriteContext at) {
    OnnxCall call = OnnxCall.of("ConstantOfShape", at.int64(0));
    return at.answer(at.with(call, "value", op.value().reshape(Shape.of(1))));
  }

  private static List<String> reshape(DynamicReshape op, WriteContext at) {
    OnnxCall call = OnnxCall.of("Reshape", at.in(0), at.int64(1));
    return at.answer(op.zeroIsEmpty() ? call.flag("allowzero", true) : call);
  }

  /** Positions are int32 or int64 in ONNX. */
  private static String positions(WriteContext at, int i) {
    return at.type(i).dtype() == DType.INT32 ? at.in(i) : at.int64(i);
  }

  private static List<String> embedding(Embedding op, WriteContext at) {
    return at.answer("Gather", at.in(1), positions(at, 0));
  }

  private static List<String> gather(Gather op, WriteContext at) {
    return at.answer(OnnxCall.of("Gather", at.in(0), positions(at, 1)).whole("axis", op.axis()));
  }

  private static List<String> gatherElements(GatherElements op, WriteContext at) {
    return at.answer(
        OnnxCall.of("GatherElements", at.in(0), positions(at, 1)).whole("axis", op.axis()));
  }

  private static List<String> gatherNd(GatherNd op, WriteContext at) {
    return at.answer(
        OnnxCall.of("GatherND", at.in(0), at.int64(1)).whole("batch_dims", op.batch()));
  }

  private static int since(ScatterReduction merging) {
    return merging == ScatterReduction.MIN || merging == ScatterReduction.MAX
        ? EXTREMES
        : WriteRule.OPSET;
  }

  private static OnnxCall merged(OnnxCall call, ScatterReduction merging) {
    return merging == ScatterReduction.REPLACE
        ? call
        : call.text("reduction", merging.name().toLowerCase(Locale.ROOT));
  }

  private static List<String> scatterElements(ScatterElements op, WriteContext at) {
    OnnxCall call = OnnxCall.of("ScatterElements", at.in(0), positions(at, 1), at.in(2));
    return at.answer(merged(call.whole("axis", op.axis()), op.merging()));
  }

  private static List<String> scatterNd(ScatterNd op, WriteContext at) {
    return at.answer(
        merged(OnnxCall.of("ScatterND", at.in(0), at.int64(1), at.in(2)), op.merging()));
  }

  private static List<String> shapeOf(ShapeOf op, WriteContext at) {
    return at.answer(
        OnnxCall.of("Shape", at.in(0)).whole("start", op.from()).whole("end", op.to()));
  }
}
