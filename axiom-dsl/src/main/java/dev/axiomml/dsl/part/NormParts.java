package dev.axiomml.dsl.part;

import dev.axiomml.core.op.norm.BatchNorm;
import dev.axiomml.core.op.norm.GroupNorm;
import dev.axiomml.core.op.norm.InstanceNorm;
import dev.axiomml.core.op.norm.LayerNorm;
import dev.axiomml.core.op.norm.RmsNorm;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.dsl.recipe.OperatorPart;
import dev.axiomml.dsl.recipe.WeightDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Normalisations as parts, with PyTorch's names and first values. */
public final class NormParts {
  /** PyTorch's epsilon for all but RMS norm. */
  public static final double EPSILON = 1e-5;

  /** The distance from 1 to the next float32, PyTorch's epsilon for RMS norm. */
  public static final double RMS_EPSILON = 0x1p-23;

  /** Which weights a norm has. */
  public enum Learned {
    BOTH,
    FACTORS,
    NONE
  }

  private NormParts() {}

  public static Function<Type, OperatorPart> batch(double epsilon, Learned learned) {
    return in -> {
      int c = in.shape().size(-1);
      List<WeightDraft> weights = new ArrayList<>(weights(Shape.of(c), identity(1), learned));
      weights.add(WeightDraft.channels("running_mean", c, 0));
      weights.add(WeightDraft.channels("running_var", c, 1));
      return OperatorPart.keeping("batchnorm", weights, new BatchNorm(epsilon));
    };
  }

  public static Function<Type, OperatorPart> layer(int axes, double epsilon, Learned learned) {
    return in ->
        OperatorPart.keeping("layernorm", rows(in, axes, learned), new LayerNorm(axes, epsilon));
  }

  public static Function<Type, OperatorPart> rms(int axes, double epsilon, Learned learned) {
    return in ->
        OperatorPart.keeping("rmsnorm", rows(in, axes, learned), new RmsNorm(axes, epsilon));
  }

  public static Function<Type, OperatorPart> group(int groups, double epsilon, Learned learned) {
    return in -> {
      int c = in.shape().size(-1);
      if (groups < 1 || c % groups != 0) {
        throw new IllegalArgumentException(groups + " groups do not divide " + c + " channels");
      }
      return OperatorPart.keeping(
          "groupnorm", weights(Shape.of(c), identity(1), learned), new GroupNorm(groups, epsilon));
    };
  }

  public static Function<Type, OperatorPart> instance(double epsilon, Learned learned) {
    return in ->
        OperatorPart.keeping(
            "instancenorm",
            weights(Shape.of(in.shape().size(-1)), identity(1), learned),
            new InstanceNorm(epsilon));
  }

  /** Weights over the last axes; where those are a whole image, PyTorch's have channels first. */
  private static List<WeightDraft> rows(Type in, int axes, Learned learned) {
    int rank = in.shape().rank();
    if (axes < 1 || axes >= rank) {
      throw new IllegalArgumentException(
          "a norm over " + axes + " axes of a sample with " + (rank - 1));
    }
    Shape shape = in.shape().sub(rank - axes, rank);
    boolean image = axes > 2 && axes == rank - 1;
    List<Integer> order = new ArrayList<>(identity(axes));
    if (image) {
      order.add(0, order.remove(axes - 1));
    }
    return weights(shape, order, learned);
  }

  private static List<WeightDraft> weights(Shape shape, List<Integer> torch, Learned learned) {
    List<WeightDraft> weights = new ArrayList<>();
    if (learned != Learned.NONE) {
      weights.add(new WeightDraft("weight", shape, torch, new WeightDraft.Constant(1)));
    }
    if (learned == Learned.BOTH) {
      weights.add(new WeightDraft("bias", shape, torch, new WeightDraft.Constant(0)));
    }
    return weights;
  }

  private static List<Integer> identity(int rank) {
    return java.util.stream.IntStream.range(0, rank).boxed().toList();
  }
}
