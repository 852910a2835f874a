package dev.axiomml.interop.onnx.rules.signal;

import static java.util.Map.entry;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.move.Pad;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.move.Take;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.file.OnnxElementTypes;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxRule;
import dev.axiomml.interop.onnx.node.OnnxSteps;
import dev.axiomml.interop.onnx.rules.image.SamplingRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** Spectra: products with known waves; windows: known numbers. */
public final class SignalRules {
  public static final Map<String, OnnxRule> TABLE =
      Map.ofEntries(
          entry("BlackmanWindow", at -> window(at, SignalRules::blackman)),
          entry("DFT", SignalRules::dft),
          entry("HammingWindow", at -> window(at, t -> 25 / 46.0 - 21 / 46.0 * StrictMath.cos(t))),
          entry("HannWindow", at -> window(at, t -> 0.5 - 0.5 * StrictMath.cos(t))),
          entry("MelWeightMatrix", MelFilters::emit),
          entry("STFT", SignalRules::stft));

  private SignalRules() {}

  private static double blackman(double t) {
    return 0.42 - 0.5 * StrictMath.cos(t) + 0.08 * StrictMath.cos(2 * t);
  }

  static DType datatype(OnnxNodeContext at) {
    int number = at.attributes().integer("output_datatype", 1);
    return OnnxElementTypes.of(number)
        .orElseThrow(() -> at.refuse("output_datatype " + number, "it is not supported"));
  }

  private static List<Value> window(OnnxNodeContext at, DoubleUnaryOperator shape) {
    int size = Math.toIntExact(at.require(0).longAt(0));
    int period = at.attributes().flag("periodic", true) ? size : size - 1;
    double[] values =
        IntStream.range(0, size)
            .mapToDouble(n -> shape.applyAsDouble(2 * Math.PI * n / period))
            .toArray();
    Tensor wide = Tensor.ofDoubles(Shape.of(size), DType.FLOAT64, values);
    return List.of(at.constant(wide.to(datatype(at))));
  }

  /** The axis is stated by an attribute before opset 20, by an operand since. */
  private static List<Value> dft(OnnxNodeContext at) {
    int stated =
        at.version() < 20
            ? at.attributes().integer("axis", 1)
            : at.has(2) ? (int) at.require(2).longAt(0) : -2;
    int axis = at.shape(0).axis(stated);
    boolean inverse = at.attributes().flag("inverse", false);
    boolean half = at.attributes().flag("onesided", false);
    int size = SamplingRules.size(at, at.shape(0).dim(axis));
    int usual = inverse && half ? 2 * (size - 1) : size;
    int length = at.has(1) ? Math.toIntExact(at.require(1).longAt(0)) : usual;
    if (inverse && !half) {
      throw at.refuse(
          "an inverse DFT to complex numbers",
          "in its results near 0 the standard's own numbers are rounding errors of one program");
    }
    return List.of(new FourierTransform(length, inverse, half).on(at, at.in(0), axis));
  }

  /** Frames of a signal (N, length, 1 or 2), weighted, each with its spectrum. */
  private static List<Value> stft(OnnxNodeContext at) {
    int step = Math.toIntExact(at.require(1).longAt(0));
    int length = SamplingRules.size(at, at.shape(0).dim(1));
    int frame = length;
    if (at.has(3) || at.has(2)) {
      frame =
          at.has(3)
              ? Math.toIntExact(at.require(3).longAt(0))
              : SamplingRules.size(at, at.shape(2).dim(0));
    }
    int count = 1 + Math.floorDiv(length - frame, step);
    long[] places = new long[Math.max(0, count) * frame];
    for (int i = 0; i < places.length; i++) {
      places[i] = (long) i / frame * step + i % frame;
    }
    Tensor at1 = Tensor.ofLongs(Shape.of(Math.max(0, count), frame), places);
    Value frames = at.emit(new Take(1, at1), at.in(0));
    OnnxSteps steps = new OnnxSteps(at);
    Value weighted =
        at.has(2) ? steps.times(frames, steps.reshape(at.in(2), Shape.of(frame, 1))) : frames;
    boolean half = at.attributes().flag("onesided", true);
    return List.of(new FourierTransform(frame, false, half).on(at, weighted, 2));
  }

  /** A value with an axis cut, or grown by zeros, to a size. */
  public static Value sized(OnnxNodeContext at, Value x, int axis, int size) {
    int now = SamplingRules.size(at, OnnxSteps.shape(x).dim(axis));
    if (now >= size) {
      return new OnnxSteps(at).slice(x, axis, Dim.ZERO, Dim.of(size));
    }
    int rank = OnnxSteps.shape(x).rank();
    List<Integer> after = new ArrayList<>(Collections.nCopies(rank, 0));
    after.set(axis, size - now);
    return at.emit(new Pad(Collections.nCopies(rank, 0), after, 0), x);
  }

  /** An axis brought next to the last one, or back. */
  static Value exchanged(OnnxNodeContext at, Value x, int axis) {
    int[] order = IntStream.range(0, OnnxSteps.shape(x).rank()).toArray();
    order[axis] = order.length - 2;
    order[order.length - 2] = axis;
    return at.emit(new Permute(Arrays.stream(order).boxed().toList()), x);
  }
}
