package dev.axiomml.interop.onnx.save.rules;

import dev.axiomml.core.op.index.ArgMax;
import dev.axiomml.core.op.index.ArgMin;
import dev.axiomml.core.op.index.IntegerTopK;
import dev.axiomml.core.op.index.TopK;
import dev.axiomml.core.op.norm.Hardmax;
import dev.axiomml.core.op.norm.LogSoftmax;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.op.reduce.CumSum;
import dev.axiomml.core.op.reduce.IntegerCumSum;
import dev.axiomml.core.op.reduce.IntegerReduction;
import dev.axiomml.core.op.reduce.ReduceL1;
import dev.axiomml.core.op.reduce.ReduceL2;
import dev.axiomml.core.op.reduce.ReduceLogSumExp;
import dev.axiomml.core.op.reduce.ReduceMax;
import dev.axiomml.core.op.reduce.ReduceMean;
import dev.axiomml.core.op.reduce.ReduceMin;
import dev.axiomml.core.op.reduce.ReduceProd;
import dev.axiomml.core.op.reduce.ReduceSum;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.save.node.OnnxCall;
import dev.axiomml.interop.onnx.save.node.WriteContext;
import java.util.List;
import java.util.function.UnaryOperator;

/** Functions along axes: reductions, softmax, extremes, sorting. */
public final class ReduceRows {
  /** From here on axes are an operand of all reductions. */
  public static final int AXES = 18;

  private ReduceRows() {}

  static void add(WriteRules to) {
    to.any(ReduceL1.class, (op, at) -> reduce(at, "ReduceL1", op.axes(), op.keep()));
    to.any(ReduceL2.class, (op, at) -> reduce(at, "ReduceL2", op.axes(), op.keep()));
    to.any(ReduceLogSumExp.class, (op, at) -> reduce(at, "ReduceLogSumExp", op.axes(), op.keep()));
    to.any(ReduceMax.class, (op, at) -> reduce(at, "ReduceMax", op.axes(), op.keep()));
    to.any(ReduceMean.class, (op, at) -> reduce(at, "ReduceMean", op.axes(), op.keep()));
    to.any(ReduceMin.class, (op, at) -> reduce(at, "ReduceMin", op.axes(), op.keep()));
    to.any(ReduceProd.class, (op, at) -> reduce(at, "ReduceProd", op.axes(), op.keep()));
    to.any(ReduceSum.class, (op, at) -> reduce(at, "ReduceSum", op.axes(), op.keep()));
    to.any(Softmax.class, (op, at) -> along(at, "Softmax", op.axis()));
    to.any(LogSoftmax.class, (op, at) -> along(at, "LogSoftmax", op.axis()));
    to.any(Hardmax.class, (op, at) -> along(at, "Hardmax", op.axis()));
    to.any(ArgMax.class, (op, at) -> place(at, "ArgMax", op.axis(), flags(op.keep(), op.last())));
    to.any(ArgMin.class, (op, at) -> place(at, "ArgMin", op.axis(), flags(op.keep(), op.last())));
    to.any(TopK.class, ReduceRows::topK);
    to.any(CumSum.class, ReduceRows::cumSum);
    to.any(
        IntegerTopK.class, (op, at) -> topK(new TopK(op.k(), op.axis(), op.largest()), at));
    to.any(
        IntegerCumSum.class,
        (op, at) -> cumSum(new CumSum(op.axis(), op.exclusive(), op.reverse()), at));
    to.any(IntegerReduction.class, ReduceRows::whole);
  }

  /** A reduction over axes, all of them when none is listed. */
  static OnnxCall call(WriteContext at, String type, String x, List<Integer> axes) {
    if (axes.isEmpty()) {
      return OnnxCall.of(type, x);
    }
    boolean operand = type.equals("ReduceSum") || at.opset() >= AXES;
    return operand
        ? OnnxCall.of(type, x, at.longs(axes))
        : OnnxCall.of(type, x).wholes("axes", axes);
  }

  private static List<String> reduce(
      WriteContext at, String type, List<Integer> axes, boolean keep) {
    return at.answer(call(at, type, at.in(0), axes).flag("keepdims", keep));
  }

  private static List<String> along(WriteContext at, String type, int axis) {
    return at.answer(OnnxCall.of(type, at.in(0)).whole("axis", axis));
  }

  private static UnaryOperator<OnnxCall> flags(boolean keep, boolean last) {
    return call -> call.flag("keepdims", keep).flag("select_last_index", last);
  }

  private static List<String> place(
      WriteContext at, String type, int axis, UnaryOperator<OnnxCall> flags) {
    return at.answer(flags.apply(OnnxCall.of(type, at.in(0)).whole("axis", axis)));
  }

  private static List<String> whole(IntegerReduction op, WriteContext at) {
    String type =
        switch (op.kind()) {
          case SUM -> "ReduceSum";
          case PROD -> "ReduceProd";
          case MAX -> "ReduceMax";
          case MIN -> "ReduceMin";
        };
    return reduce(at, type, op.axes(), op.keep());
  }

  private static List<String> topK(TopK op, WriteContext at) {
    OnnxCall call = OnnxCall.of("TopK", at.in(0), at.listed(op.k())).whole("axis", op.axis());
    return at.all(call.flag("largest", op.largest()), 2);
  }

  private static List<String> cumSum(CumSum op, WriteContext at) {
    String axis = at.constant(Tensor.ofLongs(Shape.SCALAR, op.axis()));
    return at.answer(
        OnnxCall.of("CumSum", at.in(0), axis)
            .flag("exclusive", op.exclusive())
            .flag("reverse", op.reverse()));
  }
}
