package dev.axiomml.interop.onnx.rules.contrib;

import static java.util.Map.entry;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.norm.GroupNorm;
import dev.axiomml.core.op.norm.RmsNorm;
import dev.axiomml.core.op.pair.Compare;
import dev.axiomml.core.op.reduce.ReduceMean;
import dev.axiomml.core.op.reduce.ReduceSum;
import dev.axiomml.core.op.scalar.Reciprocal;
import dev.axiomml.core.op.scalar.Silu;
import dev.axiomml.core.op.scalar.Sqrt;
import dev.axiomml.core.op.scalar.Square;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.node.BorrowedNode;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxRule;
import dev.axiomml.interop.onnx.node.OnnxSteps;
import dev.axiomml.interop.onnx.rules.NormRules;
import dev.axiomml.interop.onnx.rules.image.WindowRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** ONNX Runtime's norms: behind a sum with what was skipped, or with embeddings in front. */
final class SkipRules {
  private static final float SMALL = 1e-12f;

  static final Map<String, OnnxRule> TABLE =
      Map.ofEntries(
          entry("EmbedLayerNormalization", SkipRules::embedded),
          entry("GroupNorm", at -> List.of(grouped(at, at.in(0)))),
          entry("LayerNormalization", BorrowedNode.same("LayerNormalization")),
          entry("SimplifiedLayerNormalization", SkipRules::simplified),
          entry("SkipGroupNorm", SkipRules::skipGrouped),
          entry("SkipLayerNormalization", SkipRules::skip),
          entry("SkipSimplifiedLayerNormalization", SkipRules::skipSimplified));

  private SkipRules() {}

  /** Answers the norm, its mean, what it divides by as a factor, and the sum. */
  private static List<Value> skip(OnnxNodeContext at) {
    Value sum = sum(at, 4);
    List<Value> out = new ArrayList<>(layer(at, sum, at.in(2), at.any(3)));
    while (out.size() < 3) {
      out.add(sum); // unused: a node that wants more than one output has all three
    }
    out.add(sum);
    return out;
  }

  private static Value sum(OnnxNodeContext at, int bias) {
    OnnxSteps steps = new OnnxSteps(at);
    Value sum = steps.plus(at.in(0), at.in(1));
    return at.has(bias) ? steps.plus(sum, at.in(bias)) : sum;
  }

  private static List<Value> layer(OnnxNodeContext at, Value x, Value gamma, Optional<Value> beta) {
    List<Optional<Value>> in = List.of(Optional.of(x), Optional.of(gamma), beta);
    boolean stated = at.attributes().has("epsilon");
    return new BorrowedNode(at, "LayerNormalization")
        .on(in, stated ? List.of() : List.of(BorrowedNode.setting("epsilon", SMALL)));
  }

  private static List<Value> skipSimplified(OnnxNodeContext at) {
    if (at.wants(1)) {
      throw at.refuse("the mean of " + at.op(), "a norm by root mean squares has none");
    }
    Value sum = sum(at, 3);
    double epsilon = at.attributes().number("epsilon", SMALL);
    Value y = rms(at, sum, at.any(2), new Rms(1, epsilon));
    return List.of(y, sum, at.wants(2) ? factor(at, sum, 1, epsilon) : sum, sum);
  }

  private static List<Value> simplified(OnnxNodeContext at) {
    NormRules.stash(at);
    int axes = at.rank(0) - at.shape(0).axis(at.attributes().integer("axis", -1));
    double epsilon = at.attributes().number("epsilon", 1e-5f);
    Value y = rms(at, at.in(0), at.any(1), new Rms(axes, epsilon));
    return at.wants(1) ? List.of(y, factor(at, at.in(0), axes, epsilon)) : List.of(y);
  }

  /** How a row is divided by its root mean square. */
  private record Rms(int axes, double epsilon) {}

  private static Value rms(OnnxNodeContext at, Value x, Optional<Value> scale, Rms how) {
    Shape tail =
        OnnxSteps.shape(x).sub(OnnxSteps.shape(x).rank() - how.axes(), OnnxSteps.shape(x).rank());
    RmsNorm norm = new RmsNorm(how.axes(), how.epsilon());
    if (scale.filter(s -> OnnxSteps.shape(s).equals(tail)).isPresent()) {
      return at.emit(norm, x, scale.get());
    }
    Value y = at.emit(norm, x);
    return scale.isEmpty() ? y : new OnnxSteps(at).times(y, scale.get());
  }

  /** What each row was multiplied by. */
  private static Value factor(OnnxNodeContext at, Value x, int axes, double epsilon) {
    int rank = OnnxSteps.shape(x).rank();
    List<Integer> last = IntStream.range(rank - axes, rank).boxed().toList();
    Value mean = at.emit(new ReduceMean(last, true), at.emit(new Square(), x));
    return at.emit(new Reciprocal(), at.emit(new Sqrt(), new OnnxSteps(at).plus(mean, epsilon)));
  }

  /** Words, positions and segments; positions are 0, 1, … unless they are given. */
  static List<Value> embedded(OnnxNodeContext at) {
    OnnxSteps steps = new OnnxSteps(at);
    Value sum = steps.plus(row(at, at.in(2), at.in(0)), positions(at));
    if (at.has(1)) {
      sum = steps.plus(sum, row(at, at.in(4), at.in(1)));
    }
    List<Value> out = new ArrayList<>();
    out.add(layer(at, sum, at.in(5), Optional.of(at.in(6))).get(0));
    out.add(at.wants(1) ? counted(at) : sum);
    out.add(sum);
    return out;
  }

  private static Value row(OnnxNodeContext at, Value table, Value which) {
    return new BorrowedNode(at, "Gather").on(table, which).get(0);
  }

  private static Value positions(OnnxNodeContext at) {
    if (at.has(8)) {
      return row(at, at.in(3), at.in(8));
    }
    return new OnnxSteps(at).slice(at.in(3), 0, Dim.ZERO, at.shape(0).dim(1));
  }

  /** How many places of each row the mask keeps; unknown without a mask: 0. */
  private static Value counted(OnnxNodeContext at) {
    OnnxSteps steps = new OnnxSteps(at);
    if (!at.has(7)) {
      Value first = steps.slice(at.in(0), 1, Dim.ZERO, Dim.ONE);
      Value flat = steps.reshape(first, Shape.of(at.shape(0).dim(0)));
      return steps.cast(steps.times(steps.cast(flat, DType.FLOAT64), 0), DType.INT32);
    }
    Value one = at.constant(Tensor.ofIntegers(Shape.SCALAR, at.dtype(7), 1));
    Value kept = at.emit(new Compare(Compare.Kind.EQUAL), at.in(7), one);
    Value count = at.emit(new ReduceSum(List.of(1), false), steps.cast(kept, DType.FLOAT64));
    return steps.cast(count, DType.INT32);
  }

  private static List<Value> skipGrouped(OnnxNodeContext at) {
    OnnxSteps steps = new OnnxSteps(at);
    Value skip = at.in(3);
    if (at.rank(3) == 2 && at.rank(0) == 4) {
      Dim n = at.shape(3).dim(0);
      Dim c = at.shape(3).dim(1);
      skip = steps.reshape(skip, last(at) ? Shape.of(n, Dim.ONE, Dim.ONE, c) : channels(n, c));
    }
    Value sum = steps.plus(at.in(0), skip);
    if (at.has(4)) {
      Dim c = at.shape(4).dim(0);
      sum = steps.plus(sum, last(at) ? at.in(4) : steps.reshape(at.in(4), channels(Dim.ONE, c)));
    }
    return List.of(grouped(at, sum), sum);
  }

  private static Shape channels(Dim n, Dim c) {
    return Shape.of(n, c, Dim.ONE, Dim.ONE);
  }

  private static boolean last(OnnxNodeContext at) {
    return at.attributes().flag("channels_last", true);
  }

  private static Value grouped(OnnxNodeContext at, Value x) {
    int groups = at.attributes().integer("groups", 1);
    Op norm = new GroupNorm(groups, at.attributes().number("epsilon", 1e-5f));
    Value[] learned = {at.in(1), at.in(2)};
    Value y =
        last(at)
            ? at.emit(norm, x, learned[0], learned[1])
            : WindowRules.spatial(at, norm, x, learned);
    return switch (at.attributes().integer("activation", 0)) {
      case 0 -> y;
      case 1 -> at.emit(new Silu(), y);
      default -> throw at.refuse("an unknown activation", "0 is none, 1 is SiLU");
    };
  }
}
