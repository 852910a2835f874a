package dev.axiomml.interop.onnx.rules.signal;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxSteps;
import dev.axiomml.interop.onnx.rules.image.SamplingRules;

/**
 * A discrete Fourier transform as a product with known waves, in doubles.
 *
 * @param length how many positions the transform has
 * @param inverse whether frequencies become a signal
 * @param half whether a spectrum keeps only the frequencies that a real signal needs
 */
public record FourierTransform(int length, boolean inverse, boolean half) {
  /** The transform along an axis of a value whose last axis is (real) or (real, imaginary). */
  public Value on(OnnxNodeContext at, Value x, int axis) {
    OnnxSteps steps = new OnnxSteps(at);
    Value sized = SignalRules.sized(at, x, axis, inverse && half ? bins() : length);
    Value last = SignalRules.exchanged(at, steps.cast(sized, DType.FLOAT64), axis);
    Shape shape = OnnxSteps.shape(last);
    int parts = SamplingRules.size(at, shape.dim(-1));
    if (parts < 1 || parts > 2) {
      throw at.refuse("a signal of shape " + shape, "its last axis has one or two numbers");
    }
    Shape lead = shape.sub(0, shape.rank() - 2);
    Dim row = shape.dim(-2).times(parts);
    Value rows = steps.reshape(last, lead.concat(Shape.of(Dim.ONE, row)));
    Tensor waves = waves((int) shape.dim(-2).value(), parts);
    Value y = steps.product(rows, at.constant(waves));
    Shape out = lead.concat(Shape.of(waves.shape().size(1) / results(), results()));
    Value back = SignalRules.exchanged(at, steps.reshape(y, out), axis);
    return steps.cast(back, x.type().dtype());
  }

  private int bins() {
    return length / 2 + 1;
  }

  private int results() {
    return inverse && half ? 1 : 2;
  }

  /** (positions · parts, positions · results). */
  private Tensor waves(int in, int parts) {
    int width = (half && !inverse ? bins() : length) * results();
    double[] w = new double[in * parts * width];
    for (int i = 0; i < w.length; i++) {
      int row = i / width;
      int column = i % width;
      double turn = 2 * Math.PI * ((long) (row / parts) * (column / results()) % length) / length;
      w[i] = weight(row / parts) * wave(turn, row % parts, column % results());
    }
    return Tensor.ofDoubles(Shape.of((long) in * parts, width), DType.FLOAT64, w);
  }

  /** What the real or imaginary part of a number gives to either part of its turned one. */
  private double wave(double turn, int from, int to) {
    double sine = inverse ? StrictMath.sin(turn) : -StrictMath.sin(turn);
    return from == to ? StrictMath.cos(turn) : from < to ? sine : -sine;
  }

  /** Frequencies that a half spectrum leaves out count twice. */
  private double weight(int i) {
    boolean once = !half || i == 0 || 2 * i == length;
    return inverse ? (once ? 1.0 : 2.0) / length : 1;
  }
}
