package dev.axiomml.interop.onnx.rules.image;

import static java.util.Map.entry;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.linear.Conv;
import dev.axiomml.core.op.move.DepthToSpace;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.move.SpaceToDepth;
import dev.axiomml.core.op.pair.Cast;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.reduce.ReduceL1;
import dev.axiomml.core.op.reduce.ReduceL2;
import dev.axiomml.core.op.reduce.ReduceMax;
import dev.axiomml.core.op.scalar.Abs;
import dev.axiomml.core.op.scalar.PowConstant;
import dev.axiomml.core.op.scalar.Sqrt;
import dev.axiomml.core.op.scalar.Square;
import dev.axiomml.core.op.window.AdaptiveAveragePool;
import dev.axiomml.core.op.window.AveragePool;
import dev.axiomml.core.op.window.MaxPool;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.interop.layout.AxisOrders;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Convolutions and pools: channels-last between two permutations. */
public final class WindowRules {
  public static final Map<String, OnnxRule> TABLE =
      Map.ofEntries(
          entry("AveragePool", WindowRules::averagePool),
          entry("Conv", WindowRules::conv),
          entry("ConvTranspose", TransposedRules::conv),
          entry("GlobalAveragePool", WindowRules::globalAverage),
          entry("GlobalLpPool", WindowRules::globalLp),
          entry("GlobalMaxPool", at -> global(at, new ReduceMax(pixels(at), true))),
          entry("LpPool", WindowRules::lpPool),
          entry("DepthToSpace", WindowRules::depthToSpace),
          entry("SpaceToDepth", WindowRules::spaceToDepth),
          entry("MaxPool", WindowRules::maxPool));

  private WindowRules() {}

  /** Runs an operator on channels-last axes. */
  public static Value spatial(OnnxNodeContext at, Op op) {
    return spatial(at, op, at.in(0));
  }

  /** An operator on images, with weights that lie as it wants them. */
  public static Value spatial(OnnxNodeContext at, Op op, Value x, Value... weights) {
    int rank = x.type().shape().rank();
    List<Value> in = new ArrayList<>(List.of(x));
    in.addAll(List.of(weights));
    if (rank < 3) {
      return at.emitAll(op, in).get(0);
    }
    at.importing().spatial().takes(x);
    Value last = at.beside("channels_last", new Permute(AxisOrders.toChannelsLast(rank)), x);
    Permute first = new Permute(AxisOrders.toChannelsFirst(rank));
    in.set(0, last);
    Value y = at.beside("channels_first", first, at.emitAll(op, in).get(0));
    at.importing().spatial().makes(y);
    return y;
  }

  private static List<Integer> pixels(OnnxNodeContext at) {
    return IntStream.range(2, at.rank(0)).boxed().toList();
  }

  private static List<Value> global(OnnxNodeContext at, Op op) {
    at.importing().spatial().takes(at.in(0));
    Value y = at.emit(op, at.in(0));
    at.importing().spatial().makes(y);
    return List.of(y);
  }

  private static List<Value> globalAverage(OnnxNodeContext at) {
    return List.of(spatial(at, new AdaptiveAveragePool(Collections.nCopies(at.rank(0) - 2, 1))));
  }

  private static List<Value> globalLp(OnnxNodeContext at) {
    double p = at.version() < 2 ? at.attributes().number("p", 2) : at.attributes().integer("p", 2);
    return global(at, lp(at, p, pixels(at)));
  }

  private static Op lp(OnnxNodeContext at, double p, List<Integer> axes) {
    if (p != 1 && p != 2) {
      throw at.refuse("norm of power " + p, "powers 1 and 2 are supported");
    }
    return p == 1 ? new ReduceL1(axes, true) : new ReduceL2(axes, true);
  }

  public static List<Value> conv(OnnxNodeContext at) {
    WindowGeometry geometry = OnnxWindows.of(at, OnnxWindows.kernel(at, at.shape(1)));
    Conv conv = new Conv(geometry, at.attributes().integer("group", 1));
    return List.of(spatial(at, conv, at.in(0), kernel(at, AxisOrders.kernel(at.rank(1)))));
  }

  /** The weight with its axes in the core's order, and the bias, where there is one. */
  public static Value[] kernel(OnnxNodeContext at, int... order) {
    Value kernel = at.beside("kernel", Permute.of(order), at.in(1));
    return at.has(2) ? new Value[] {kernel, at.in(2)} : new Value[] {kernel};
  }

  private static List<Integer> kernel(OnnxNodeContext at) {
    return at.attributes()
        .integers("kernel_shape")
        .orElseThrow(
            () -> at.refuse(at.op() + " without kernel_shape", "a pool states its window"));
  }

  private static List<Value> averagePool(OnnxNodeContext at) {
    boolean padding = at.attributes().flag("count_include_pad", false);
    return List.of(spatial(at, new AveragePool(OnnxWindows.of(at, kernel(at)), padding)));
  }

  private static List<Value> maxPool(OnnxNodeContext at) {
    if (at.wants(1)) {
      return IndexedPool.emit(at, OnnxWindows.of(at, kernel(at)));
    }
    at.attributes().pass("storage_order"); // of indices only
    Op op = new MaxPool(OnnxWindows.of(at, kernel(at)));
    DType dtype = at.dtype(0);
    if (dtype.isFloat()) {
      return List.of(spatial(at, op));
    }
    Value wide = at.emit(new Cast(DType.FLOAT32), at.in(0));
    return List.of(at.emit(new Cast(dtype), spatial(at, op, wide)));
  }

  /** Sums of powers are means times the window's size. */
  private static List<Value> lpPool(OnnxNodeContext at) {
    int p = at.attributes().integer("p", 2);
    WindowGeometry geometry = OnnxWindows.of(at, kernel(at));
    Value x = at.in(0);
    Value powers =
        p == 2 ? at.emit(new Square(), x) : at.emit(new PowConstant(p), at.emit(new Abs(), x));
    if (p == 1) {
      powers = at.emit(new Abs(), x);
    }
    Value mean = spatial(at, new AveragePool(geometry, true), powers);
    if (geometry.ceil()) {
      throw at.refuse("LpPool with ceil_mode", "windows beyond the padding are not supported");
    }
    Value sum = at.emit(new Mul(), mean, at.scalar(at.dtype(0), geometry.area()));
    Value root = p == 2 ? at.emit(new Sqrt(), sum) : at.emit(new PowConstant(1.0 / p), sum);
    return List.of(p == 1 ? sum : root);
  }

  private static int block(OnnxNodeContext at) {
    return at.attributes().integer("blocksize", 1);
  }

  private static List<Value> depthToSpace(OnnxNodeContext at) {
    boolean outer = at.attributes().text("mode", "DCR").equals("DCR");
    return List.of(spatial(at, new DepthToSpace(block(at), outer)));
  }

  private static List<Value> spaceToDepth(OnnxNodeContext at) {
    boolean outer = at.attributes().text("mode", "DCR").equals("DCR");
    return List.of(spatial(at, new SpaceToDepth(block(at), outer)));
  }

  static List<Integer> zeros(int count) {
    return Collections.nCopies(count, 0);
  }
}
