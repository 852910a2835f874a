package dev.axiomml.interop.onnx.save.rules;

import dev.axiomml.core.op.norm.BatchNorm;
import dev.axiomml.core.op.norm.GroupNorm;
import dev.axiomml.core.op.norm.InstanceNorm;
import dev.axiomml.core.op.norm.LayerNorm;
import dev.axiomml.core.op.norm.LocalResponseNorm;
import dev.axiomml.core.op.norm.LpNormalization;
import dev.axiomml.core.op.norm.RmsNorm;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.layout.AxisOrders;
import dev.axiomml.interop.onnx.save.node.OnnxCall;
import dev.axiomml.interop.onnx.save.node.WriteContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Normalisations. */
final class NormRows {
  private NormRows() {}

  static void add(WriteRules to) {
    to.spatial(BatchNorm.class, NormRows::batch);
    to.spatial(InstanceNorm.class, NormRows::instance);
    to.spatial(GroupNorm.class, NormRows::group);
    to.spatial(LocalResponseNorm.class, NormRows::local);
    to.any(LayerNorm.class, NormRows::layer);
    to.any(RmsNorm.class, NormRows::rms);
    to.any(LpNormalization.class, NormRows::unit);
  }

  private static List<String> batch(BatchNorm op, WriteContext at) {
    if (at.rank() == 1) {
      String row = at.one("Unsqueeze", at.in(0), at.listed(0));
      return at.answer("Squeeze", batch(op, at, row), at.listed(0));
    }
    return List.of(batch(op, at, at.in(0)));
  }

  private static String batch(BatchNorm op, WriteContext at, String x) {
    Shape channels = at.type(1).shape();
    boolean learned = at.has(3);
    return at.one(
        OnnxCall.of(
                "BatchNormalization",
                x,
                learned ? at.in(1) : at.inOr(at.operands(), channels, 1),
                learned ? at.in(2) : at.inOr(at.operands(), channels, 0),
                at.in(at.operands() - 2),
                at.in(at.operands() - 1))
            .number("epsilon", op.epsilon()));
  }

  private static List<String> instance(InstanceNorm op, WriteContext at) {
    Shape channels = Shape.of(at.shape().dim(1));
    return at.answer(
        OnnxCall.of(
                "InstanceNormalization", at.in(0), at.inOr(1, channels, 1), at.inOr(2, channels, 0))
            .number("epsilon", op.epsilon()));
  }

  /** Groups become the channels of an instance norm. */
  private static List<String> group(GroupNorm op, WriteContext at) {
    Shape groups = Shape.of(op.groups());
    String flat = at.one("Reshape", at.in(0), at.longs(List.of(0, op.groups(), -1)));
    String normed =
        at.one(
            OnnxCall.of(
                    "InstanceNormalization",
                    flat,
                    at.constant(Tensor.full(groups, 1).to(at.dtype())),
                    at.constant(Tensor.full(groups, 0).to(at.dtype())))
                .number("epsilon", op.epsilon()));
    String y = at.one("Reshape", normed, at.sizes(at.shape().dims()));
    String scaled = at.has(1) ? at.one("Mul", y, beside(at, 1)) : y;
    return List.of(at.has(2) ? at.one("Add", scaled, beside(at, 2)) : scaled);
  }

  /** One number a channel, beside (N, C, spatial…). */
  private static String beside(WriteContext at, int operand) {
    List<Dim> dims = new ArrayList<>(at.type(operand).shape().dims());
    dims.addAll(Collections.nCopies(at.rank() - 2, Dim.ONE));
    return at.known(operand)
        .map(tensor -> at.stored(operand, tensor.reshape(new Shape(dims))))
        .orElseGet(() -> at.one("Reshape", at.in(operand), at.sizes(dims)));
  }

  private static List<String> layer(LayerNorm op, WriteContext at) {
    Shape rows = at.shape().sub(at.rank() - op.axes(), at.rank());
    String gamma = at.inOr(1, rows, 1);
    OnnxCall call =
        at.has(2)
            ? OnnxCall.of("LayerNormalization", at.in(0), gamma, at.in(2))
            : OnnxCall.of("LayerNormalization", at.in(0), gamma);
    return at.answer(call.whole("axis", -op.axes()).number("epsilon", op.epsilon()));
  }

  private static List<String> rms(RmsNorm op, WriteContext at) {
    List<Integer> axes =
        AxisOrders.rising(op.axes()).stream().map(axis -> axis - op.axes()).toList();
    String square = at.one("Mul", at.in(0), at.in(0));
    String mean = at.one(ReduceRows.call(at, "ReduceMean", square, axes).flag("keepdims", true));
    String root = at.one("Sqrt", at.one("Add", mean, at.number(op.epsilon())));
    String normed = at.one("Div", at.in(0), root);
    String scaled = at.has(1) ? at.one("Mul", normed, at.in(1)) : normed;
    return List.of(at.has(2) ? at.one("Add", scaled, at.in(2)) : scaled);
  }

  private static List<String> unit(LpNormalization op, WriteContext at) {
    if (op.least() == 0) {
      return at.answer(
          OnnxCall.of("LpNormalization", at.in(0)).whole("axis", op.axis()).whole("p", op.p()));
    }
    String type = op.p() == 1 ? "ReduceL1" : "ReduceL2";
    OnnxCall norm = ReduceRows.call(at, type, at.in(0), List.of(op.axis())).flag("keepdims", true);
    return at.answer("Div", at.in(0), at.one("Max", at.one(norm), at.number(op.least())));
  }

  /** ONNX has as many neighbours on both sides, on images; others are summed one by one. */
  private static List<String> local(LocalResponseNorm op, WriteContext at) {
    int size = op.before() + op.after() + 1;
    LocalResponseNorm.Strength strength = op.strength();
    if (op.before() == op.after() && at.rank() == 4) {
      return at.answer(
          OnnxCall.of("LRN", at.in(0))
              .number("alpha", strength.alpha())
              .number("beta", strength.beta())
              .number("bias", strength.k())
              .whole("size", size));
    }
    String share = at.one("Mul", neighbours(op, at), at.number(strength.alpha() / size));
    String base = at.one("Add", share, at.number(strength.k()));
    return at.answer("Div", at.in(0), at.one("Pow", base, at.number(strength.beta())));
  }

  private static String neighbours(LocalResponseNorm op, WriteContext at) {
    List<Integer> pads = new ArrayList<>(Collections.nCopies(2 * at.rank(), 0));
    pads.set(1, op.before());
    pads.set(at.rank() + 1, op.after());
    String wide = at.one("Pad", at.one("Mul", at.in(0), at.in(0)), at.longs(pads), at.number(0));
    int last = op.before() + op.after();
    List<String> shifted = new ArrayList<>();
    for (int i = 0; i <= last; i++) {
      int end = i == last ? Integer.MAX_VALUE : i - last;
      shifted.add(at.part(wide, 1, i, end));
    }
    return at.one(OnnxCall.of("Sum", shifted));
  }
}
