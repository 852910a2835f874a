package dev.axiomml.verify.fuzz;

import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.move.Roll;
import dev.axiomml.core.op.move.Trilu;
import dev.axiomml.core.op.norm.LayerNorm;
import dev.axiomml.core.op.norm.LogSoftmax;
import dev.axiomml.core.op.norm.LpNormalization;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.reduce.CumSum;
import dev.axiomml.core.op.reduce.ReduceMax;
import dev.axiomml.core.op.reduce.ReduceMean;
import dev.axiomml.core.op.reduce.ReduceSum;
import dev.axiomml.core.op.scalar.Abs;
import dev.axiomml.core.op.scalar.Acosh;
import dev.axiomml.core.op.scalar.Asin;
import dev.axiomml.core.op.scalar.Atan;
import dev.axiomml.core.op.scalar.Ceil;
import dev.axiomml.core.op.scalar.Celu;
import dev.axiomml.core.op.scalar.Clip;
import dev.axiomml.core.op.scalar.Cos;
import dev.axiomml.core.op.scalar.Elu;
import dev.axiomml.core.op.scalar.Erf;
import dev.axiomml.core.op.scalar.Exp;
import dev.axiomml.core.op.scalar.Expm1;
import dev.axiomml.core.op.scalar.Floor;
import dev.axiomml.core.op.scalar.Gelu;
import dev.axiomml.core.op.scalar.HardSigmoid;
import dev.axiomml.core.op.scalar.HardSwish;
import dev.axiomml.core.op.scalar.LeakyRelu;
import dev.axiomml.core.op.scalar.Log;
import dev.axiomml.core.op.scalar.Neg;
import dev.axiomml.core.op.scalar.PowConstant;
import dev.axiomml.core.op.scalar.Reciprocal;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.op.scalar.Selu;
import dev.axiomml.core.op.scalar.Shrink;
import dev.axiomml.core.op.scalar.Sigmoid;
import dev.axiomml.core.op.scalar.Sign;
import dev.axiomml.core.op.scalar.Silu;
import dev.axiomml.core.op.scalar.SoftShrink;
import dev.axiomml.core.op.scalar.Softplus;
import dev.axiomml.core.op.scalar.Sqrt;
import dev.axiomml.core.op.scalar.Square;
import dev.axiomml.core.op.scalar.Tanh;
import dev.axiomml.core.op.scalar.ThresholdedRelu;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random operators of one input, their settings and weights random too. */
final class Steps {
  /** An operator and what it is given beside its input. */
  record Step(Op op, List<Parameter> weights) {
    private Step(Op op, Parameter... weights) {
      this(op, List.of(weights));
    }

    /** Its output on a value. */
    Value on(GraphBuilder builder, Value x) {
      List<Value> in = new ArrayList<>(List.of(x));
      weights.forEach(weight -> in.add(builder.parameter(weight)));
      return builder.add("step", op, in).get(0);
    }
  }

  private static final double[] SETTINGS = {
    0.01, 0.1, 0.2, 0.5, 1, 1.5, 2, 20, 1e-3, 1e3, 1e-30, 1e30, 1e20, 1e21, 4e12, 2e19, 3.3e38,
    1e39, 1e-39, 1e-46
  };
  private static final double[] SIZES = {1, 1, 1, 1, 0.1, 3, 100, 1e10, 1e30, 3e38, 1e-10, 1e-30};

  private Steps() {}

  /** A setting: usual, or at the ends of float32 and beyond. */
  static double setting(Random random) {
    double magnitude =
        random.nextBoolean()
            ? SETTINGS[random.nextInt(7)]
            : SETTINGS[random.nextInt(SETTINGS.length)];
    return random.nextInt(4) == 0 ? -magnitude : magnitude;
  }

  /** A weight of a random size, now and then of whole numbers. */
  static Parameter weight(Random random, long... sizes) {
    Shape shape = Shape.of(sizes);
    boolean whole = random.nextInt(3) == 0;
    double size = random.nextInt(3) > 0 ? 1 : SIZES[random.nextInt(SIZES.length)];
    float[] values = new float[shape.count()];
    for (int i = 0; i < values.length; i++) {
      double unit = whole ? random.nextInt(5) - 2 : random.nextDouble() * 2 - 1;
      values[i] = (float) (unit * size);
    }
    return new Parameter("w" + Long.toHexString(random.nextLong()), Tensor.of(shape, values));
  }

  /** Functions of one number. */
  static Op scalar(Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> pick(random, new Sigmoid(), new Tanh(), new Erf(), new Atan());
      case 1 -> pick(random, new Exp(), new Expm1(), new Square(), new Cos());
      case 2 -> pick(random, new Log(), new Sqrt(), new Reciprocal(), new Asin(), new Acosh());
      case 3 -> pick(random, new Abs(), new Neg(), new Sign(), new Floor(), new Ceil());
      case 4 -> pick(random, new Gelu(), new Silu(), new HardSwish(), new Selu());
      case 5, 6 -> set(random);
      case 7 -> new Clip(setting(random), setting(random));
      default -> new Relu();
    };
  }

  /** Functions of one number with settings of their own. */
  static Op set(Random random) {
    double a = setting(random);
    return switch (random.nextInt(9)) {
      case 0 -> new LeakyRelu(a);
      case 1 -> new Elu(a);
      case 2 -> new Celu(a);
      case 3 -> new Softplus(a, random.nextBoolean() ? 20 : setting(random));
      case 4 -> new HardSigmoid(a, setting(random));
      case 5 -> new SoftShrink(a);
      case 6 -> new Shrink(setting(random), a);
      case 7 -> new ThresholdedRelu(a);
      default -> new PowConstant(pick(random, 0.5, 2.0, 3.0, -1.0, -0.5, 1.0, a));
    };
  }

  /** Steps on the last axis or within a sample. */
  static Step inside(Random random, Shape shape) {
    int width = shape.size(-1);
    return switch (random.nextInt(10)) {
      case 0 -> new Step(new Add(), weight(random, width));
      case 1 -> new Step(new Mul(), weight(random, width));
      default -> new Step(plain(random, shape));
    };
  }

  private static Op plain(Random random, Shape shape) {
    int last = shape.rank() - 1;
    return switch (random.nextInt(8)) {
      case 0 -> new Softmax(-1);
      case 1 -> new LogSoftmax(-1);
      case 2 -> new CumSum(last, random.nextBoolean(), random.nextBoolean());
      case 3 -> new Roll(List.of(last), List.of(1 + random.nextInt(3)));
      case 4 -> new LpNormalization(-1, 1 + random.nextInt(2), random.nextBoolean() ? 0 : 1e-12);
      case 5 -> new LayerNorm(1, 1e-5);
      case 6 ->
          shape.rank() > 2 ? new Trilu(random.nextBoolean(), random.nextInt(3) - 1) : new Relu();
      default -> reduction(random, last);
    };
  }

  private static Op reduction(Random random, int axis) {
    List<Integer> axes = List.of(axis);
    return pick(
        random, new ReduceSum(axes, true), new ReduceMax(axes, true), new ReduceMean(axes, true));
  }

  /** A dense layer on the last axis. */
  static Step dense(Random random, int in) {
    int out = 1 + random.nextInt(4);
    Parameter weight = weight(random, in, out);
    return random.nextInt(3) > 0
        ? new Step(new Dense(), weight, weight(random, out))
        : new Step(new Dense(), weight);
  }

  /** Steps along the batch: samples meet in most of them. */
  static Op across(Random random, Shape shape) {
    int far = 1 + random.nextInt(7);
    return switch (random.nextInt(5)) {
      case 0 -> new Trilu(random.nextBoolean(), random.nextInt(7) - 3);
      case 1 -> new Roll(List.of(0), List.of(random.nextBoolean() ? far : -far));
      case 2 -> new CumSum(0, random.nextBoolean(), random.nextBoolean());
      case 3 -> new Softmax(0);
      default ->
          new Roll(List.of(0, shape.rank() - 1), List.of(far * (far % 2), random.nextInt(3)));
    };
  }

  @SafeVarargs
  static <T> T pick(Random random, T... all) {
    return all[random.nextInt(all.length)];
  }
}
