package dev.axiomml.dsl.recipe;

import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.TensorMemory;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A weight that a layer will have, before its values exist.
 *
 * @param suffix PyTorch's name within the layer
 * @param shape as the operator holds it
 * @param torch axis {@code i} of PyTorch's layout is axis {@code torch.get(i)} of {@code shape}
 * @param fill how its values start
 */
public record WeightDraft(String suffix, Shape shape, List<Integer> torch, Fill fill) {
  /** How values start. */
  sealed interface Fill {}

  /** One value everywhere. */
  public record Constant(float value) implements Fill {}

  /** Uniform in [−bound, bound). */
  public record Uniform(double bound) implements Fill {}

  /** Gaussian around zero. */
  public record Normal(double deviation) implements Fill {}

  /** A weight that PyTorch holds in the same layout. */
  public static WeightDraft of(String suffix, Shape shape, Fill fill) {
    return new WeightDraft(suffix, shape, IntStream.range(0, shape.rank()).boxed().toList(), fill);
  }

  /** One number a channel. */
  public static WeightDraft channels(String suffix, long channels, double start) {
    return of(suffix, Shape.of(channels), new Constant((float) start));
  }

  /**
   * Its name in a model: below the step's path; joined without a dot where the suffix starts with
   * {@code _}, in place of the path's last name where it starts with {@code ^}.
   */
  public String name(String path) {
    if (suffix.startsWith("^")) {
      return path.substring(0, path.lastIndexOf('.') + 1) + suffix.substring(1);
    }
    return suffix.startsWith("_") ? path + suffix : path + "." + suffix;
  }

  /** PyTorch's shape. */
  Shape torchShape() {
    return shape.permuted(torch.stream().mapToInt(Integer::intValue).toArray());
  }

  /** The parameter with its first values, the same for the same name and seed on every machine. */
  Parameter start(String name, long seed) {
    float[] values = new float[shape.count()];
    SplittableRandom random = new SplittableRandom(seed * 0x9e3779b97f4a7c15L + hash(name));
    if (fill instanceof Constant constant) {
      Arrays.fill(values, constant.value);
    } else if (fill instanceof Uniform uniform) {
      uniform(values, random, uniform.bound);
    } else if (fill instanceof Normal normal) {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (normal.deviation * gaussian(random));
      }
    }
    return new Parameter(name, TensorMemory.adopt(shape, values));
  }

  /** The parameter before its values are known: zeros that take no memory. */
  Parameter blank(String name) {
    return new Parameter(name, TensorMemory.repeated(shape, 0));
  }

  /** Two values of 32 random bits each: the generator is most of the time this takes. */
  private static void uniform(float[] values, SplittableRandom random, double bound) {
    double scale = bound * 0x1p-31;
    for (int i = 0; i < values.length; i += 2) {
      long bits = random.nextLong();
      values[i] = (float) ((int) bits * scale);
      if (i + 1 < values.length) {
        values[i + 1] = (float) ((int) (bits >> 32) * scale);
      }
    }
  }

  /** Box and Muller 1958, with StrictMath: the JDK's own method is free to change. */
  private static double gaussian(SplittableRandom random) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
  }

  /** FNV-1a over the name's characters. */
  private static long hash(String name) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }
}
