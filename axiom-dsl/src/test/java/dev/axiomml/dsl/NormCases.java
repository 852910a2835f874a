package dev.axiomml.dsl;

import dev.axiomml.core.op.norm.LocalResponseNorm;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.dsl.part.NormParts;
import java.util.Map;
import java.util.function.Function;

/** How the cases of normalisations are driven. */
final class NormCases {
  static final Map<String, Function<Case, Tensor>> RULES =
      Map.ofEntries(
          Map.entry("BatchNorm1d", NormCases::batch),
          Map.entry("BatchNorm2d", NormCases::batch),
          Map.entry("BatchNorm3d", NormCases::batch),
          Map.entry("LayerNorm", NormCases::layer),
          Map.entry("RMSNorm", NormCases::rms),
          Map.entry("GroupNorm", NormCases::group),
          Map.entry("InstanceNorm1d", NormCases::instance),
          Map.entry("InstanceNorm2d", NormCases::instance),
          Map.entry("LocalResponseNorm", NormCases::localResponse));

  private NormCases() {}

  private static double epsilon(Case c) {
    return c.number("eps", 1e-5);
  }

  private static NormParts.Learned learned(boolean affine, Case c) {
    if (!affine) {
      return NormParts.Learned.NONE;
    }
    return c.flag("bias", true) ? NormParts.Learned.BOTH : NormParts.Learned.FACTORS;
  }

  private static Tensor batch(Case c) {
    NormParts.Learned learned = learned(c.flag("affine", true), c);
    return Drive.channelsFirst(c, x -> x.apply("batchnorm", NormParts.batch(epsilon(c), learned)));
  }

  private static Tensor layer(Case c) {
    NormParts.Learned learned = learned(c.flag("elementwise_affine", true), c);
    int axes = c.integers("normalized_shape").length;
    Function<RealFlow<?>, Flow<?>> norm =
        x -> x.apply("layernorm", NormParts.layer(axes, epsilon(c), learned));
    return axes > 2 ? Drive.channelsFirst(c, norm) : Drive.plain(c, in -> norm.apply(in.get(0)));
  }

  private static Tensor rms(Case c) {
    NormParts.Learned learned =
        c.flag("elementwise_affine", true) ? NormParts.Learned.FACTORS : NormParts.Learned.NONE;
    double epsilon = c.number("eps", NormParts.RMS_EPSILON);
    int axes = c.integers("normalized_shape").length;
    return Drive.plain(c, in -> in.get(0).apply("rmsnorm", NormParts.rms(axes, epsilon, learned)));
  }

  private static Tensor group(Case c) {
    NormParts.Learned learned = learned(c.flag("affine", true), c);
    int groups = c.integer("num_groups", 1);
    return Drive.channelsFirst(
        c, x -> x.apply("groupnorm", NormParts.group(groups, epsilon(c), learned)));
  }

  private static Tensor instance(Case c) {
    if (c.flag("track_running_stats", false)) {
      return batch(c);
    }
    NormParts.Learned learned = learned(c.flag("affine", false), c);
    return Drive.channelsFirst(
        c, x -> x.apply("instancenorm", NormParts.instance(epsilon(c), learned)));
  }

  private static Tensor localResponse(Case c) {
    int size = c.integer("size", 1);
    LocalResponseNorm.Strength strength =
        new LocalResponseNorm.Strength(
            c.number("alpha", 1e-4), c.number("beta", 0.75), c.number("k", 1));
    return Drive.opLast(c, new LocalResponseNorm(size / 2, (size - 1) / 2, strength));
  }
}
