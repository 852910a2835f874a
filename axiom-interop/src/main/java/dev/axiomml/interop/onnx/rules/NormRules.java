package dev.axiomml.interop.onnx.rules;

import static java.util.Map.entry;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.move.Expand;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.norm.BatchNorm;
import dev.axiomml.core.op.norm.GroupNorm;
import dev.axiomml.core.op.norm.InstanceNorm;
import dev.axiomml.core.op.norm.LayerNorm;
import dev.axiomml.core.op.norm.LocalResponseNorm;
import dev.axiomml.core.op.norm.RmsNorm;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Cast;
import dev.axiomml.core.op.pair.Div;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.pair.Sub;
import dev.axiomml.core.op.reduce.ReduceMean;
import dev.axiomml.core.op.scalar.Reciprocal;
import dev.axiomml.core.op.scalar.Sqrt;
import dev.axiomml.core.op.scalar.Square;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxRule;
import dev.axiomml.interop.onnx.node.OnnxSteps;
import dev.axiomml.interop.onnx.rules.image.WindowRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Normalisations. */
public final class NormRules {
  public static final Map<String, OnnxRule> TABLE =
      Map.ofEntries(
          entry("BatchNormalization", NormRules::batch),
          entry("GroupNormalization", NormRules::group),
          entry("InstanceNormalization", NormRules::instance),
          entry("LRN", NormRules::local),
          entry("LayerNormalization", NormRules::layer),
          entry("MeanVarianceNormalization", NormRules::meanVariance),
          entry("RMSNormalization", NormRules::rms));

  private NormRules() {}

  private static double epsilon(OnnxNodeContext at) {
    return at.attributes().number("epsilon", 1e-5f);
  }

  private static List<Value> batch(OnnxNodeContext at) {
    boolean training =
        at.attributes().flag("training_mode", false)
            || (at.version() < 7 && !at.attributes().flag("is_test", false));
    if (training) {
      return trained(at);
    }
    BatchNorm norm = new BatchNorm(epsilon(at));
    return List.of(WindowRules.spatial(at, norm, at.in(0), at.present(1, 2, 3, 4)));
  }

  /** By the batch's own statistics, which the running ones then follow. */
  private static List<Value> trained(OnnxNodeContext at) {
    int rank = at.rank(0);
    List<Integer> axes = IntStream.range(0, rank).filter(i -> i != 1).boxed().toList();
    Value x = at.in(0);
    Value mean = at.emit(new ReduceMean(axes, true), x);
    Value centred = at.emit(new Sub(), x, mean);
    Value variance = at.emit(new ReduceMean(axes, true), at.emit(new Square(), centred));
    Value normed = at.emit(new Div(), centred, deviation(at, variance));
    Value y = affine(at, normed, 1, 2);
    return List.of(y, running(at, at.in(3), mean), running(at, at.in(4), variance));
  }

  private static Value deviation(OnnxNodeContext at, Value variance) {
    Value epsilon = at.scalar(variance.type().dtype(), epsilon(at));
    return at.emit(new Sqrt(), at.emit(new Add(), variance, epsilon));
  }

  private static Value running(OnnxNodeContext at, Value old, Value now) {
    double momentum = at.attributes().number("momentum", 0.9f);
    Value flat =
        at.emit(new Cast(old.type().dtype()), at.emit(new Reshape(old.type().shape()), now));
    Value kept = at.emit(new Mul(), old, at.scalar(old.type().dtype(), momentum));
    Value fresh = at.emit(new Mul(), flat, at.scalar(old.type().dtype(), 1 - momentum));
    return at.emit(new Add(), kept, fresh);
  }

  /** Factors and offsets of channels on (N, C, spatial…). */
  private static Value affine(OnnxNodeContext at, Value x, int scale, int bias) {
    int rank = at.rank(0);
    Shape wide = SumRules.channelwise(at.shape(scale).dim(0), Math.max(2, rank));
    Value scaled = at.emit(new Mul(), x, at.emit(new Reshape(wide), at.in(scale)));
    return at.emit(new Add(), scaled, at.emit(new Reshape(wide), at.in(bias)));
  }

  private static List<Value> instance(OnnxNodeContext at) {
    Op norm = new InstanceNorm(epsilon(at));
    return List.of(WindowRules.spatial(at, norm, at.in(0), at.present(1, 2)));
  }

  /** Before opset 21 a factor and an offset belong to a group, since to a channel. */
  private static List<Value> group(OnnxNodeContext at) {
    int groups = at.attributes().integer("num_groups", 1);
    Op bare = new GroupNorm(groups, epsilon(at));
    Value x = WindowRules.spatial(at, bare);
    if (at.version() >= 21) {
      return List.of(affine(at, x, 1, 2));
    }
    Dim each = at.shape(0).dim(1).floorDiv(groups);
    Value scaled = at.emit(new Mul(), x, spread(at, 1, each));
    return List.of(at.emit(new Add(), scaled, spread(at, 2, each)));
  }

  private static Value spread(OnnxNodeContext at, int i, Dim each) {
    Dim groups = at.shape(i).dim(0);
    Value column = at.emit(new Reshape(Shape.of(groups, Dim.ONE)), at.in(i));
    Value wide = at.emit(new Expand(Shape.of(groups, each)), column);
    return at.emit(new Reshape(SumRules.channelwise(groups.times(each), at.rank(0))), wide);
  }

  private static List<Value> local(OnnxNodeContext at) {
    int size = at.attributes().integer("size", 1);
    LocalResponseNorm.Strength strength =
        new LocalResponseNorm.Strength(
            at.attributes().number("alpha", 1e-4f),
            at.attributes().number("beta", 0.75),
            at.attributes().number("bias", 1));
    Op op = new LocalResponseNorm((size - 1) / 2, size / 2, strength);
    return List.of(WindowRules.spatial(at, op));
  }

  /** Moments are computed in single precision, or in that of doubles; a file may say so. */
  public static void stash(OnnxNodeContext at) {
    int number = at.attributes().integer("stash_type", 1);
    if (number != 1) {
      throw at.refuse("stash_type " + number, "moments are computed in float32, stash_type 1");
    }
  }

  private static List<Value> layer(OnnxNodeContext at) {
    stash(at);
    int axis = at.shape(0).axis(at.attributes().integer("axis", -1));
    int axes = at.rank(0) - axis;
    Shape tail = at.shape(0).sub(axis, at.rank(0));
    List<Value> all = new ArrayList<>();
    all.add(normed(at, tail, axes));
    if (at.results() > 1) {
      List<Integer> last = IntStream.range(axis, at.rank(0)).boxed().toList();
      Value mean = at.emit(new ReduceMean(last, true), at.in(0));
      Value centred = at.emit(new Sub(), at.in(0), mean);
      Value variance = at.emit(new ReduceMean(last, true), at.emit(new Square(), centred));
      all.add(mean);
      all.add(at.emit(new Reciprocal(), deviation(at, variance)));
    }
    return all;
  }

  private static Value normed(OnnxNodeContext at, Shape tail, int axes) {
    Op bare = new LayerNorm(axes, epsilon(at));
    boolean rows = at.shape(1).equals(tail) && (!at.has(2) || at.shape(2).equals(tail));
    if (rows) {
      return at.emit(bare, at.present(0, 1, 2));
    }
    Value scaled = at.emit(new Mul(), at.emit(bare, at.in(0)), at.in(1));
    Value y = at.has(2) ? at.emit(new Add(), scaled, at.in(2)) : scaled;
    return new OnnxSteps(at).sized(y, at.shape(0)); // factors are broadcast, never rows
  }

  private static List<Value> rms(OnnxNodeContext at) {
    stash(at);
    int axes = at.rank(0) - at.shape(0).axis(at.attributes().integer("axis", -1));
    Op bare = new RmsNorm(axes, epsilon(at));
    Value y = at.emit(new Mul(), at.emit(bare, at.in(0)), at.in(1));
    return List.of(new OnnxSteps(at).sized(y, at.shape(0)));
  }

  private static List<Value> meanVariance(OnnxNodeContext at) {
    List<Integer> axes = at.attributes().integers("axes").orElse(List.of(0, 2, 3));
    Value mean = at.emit(new ReduceMean(axes, true), at.in(0));
    Value centred = at.emit(new Sub(), at.in(0), mean);
    Value variance = at.emit(new ReduceMean(axes, true), at.emit(new Square(), centred));
    Value least = at.scalar(at.dtype(0), 1e-9);
    Value deviation = at.emit(new Add(), at.emit(new Sqrt(), variance), least);
    return List.of(at.emit(new Div(), centred, deviation));
  }
}
