package dev.axiomml.interop.pytorch.aten.calls;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.norm.BatchNorm;
import dev.axiomml.core.op.norm.GroupNorm;
import dev.axiomml.core.op.norm.InstanceNorm;
import dev.axiomml.core.op.norm.LayerNorm;
import dev.axiomml.core.op.norm.RmsNorm;
import dev.axiomml.core.op.pair.Div;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.reduce.ReduceL2;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.layout.AxisOrders;
import dev.axiomml.interop.pytorch.aten.AtenCall;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import java.util.ArrayList;
import java.util.List;

/** Normalisations, as they are at inference. */
final class NormCalls {
  private static final AtenItem STATISTICS = new AtenItem.Absent("the statistics of a norm");

  private NormCalls() {}

  /** With running statistics; channels are axis 1. */
  static Value batch(AtenCall call) {
    if (call.flag("training") || !call.given("running_mean") || !call.given("running_var")) {
      throw call.refused(
          "batch norm without running statistics",
          "it would mix the samples of a batch, so that no input had an output of its own",
          "call model.eval() before the export, and keep track_running_stats=True");
    }
    return running(call);
  }

  /** The core dialect's, with two more results that only training reads. */
  static AtenItem batchLegit(AtenCall call) {
    return first(running(call));
  }

  private static Value running(AtenCall call) {
    Value mean = call.tensor("running_mean");
    List<Value> weights = new ArrayList<>(learned(call, mean.type().shape()));
    weights.addAll(List.of(mean, call.tensor("running_var")));
    return channels(call, new BatchNorm(call.number("eps")), weights);
  }

  /** Factors and offsets; the half of a pair that a file leaves out is ones or zeros. */
  private static List<Value> learned(AtenCall call, Shape shape) {
    List<Value> weights = new ArrayList<>();
    if (call.given("weight") || call.given("bias")) {
      weights.add(call.given("weight") ? call.tensor("weight") : lone(call, shape, 1));
      weights.add(call.given("bias") ? call.tensor("bias") : lone(call, shape, 0));
    }
    return weights;
  }

  private static Value lone(AtenCall call, Shape shape, float value) {
    return call.constant(Tensor.full(shape, value).to(call.tensor("input").type().dtype()));
  }

  private static Value channels(AtenCall call, Op op, List<Value> weights) {
    int axes = call.tensor("input").type().shape().rank() - 2;
    return call.spatial("input", axes, x -> with(call, op, x, weights));
  }

  private static Value with(AtenCall call, Op op, Value x, List<Value> weights) {
    List<Value> in = new ArrayList<>(List.of(x));
    in.addAll(weights);
    return call.emitAll(op, in).get(0);
  }

  private static List<Value> learnedChannels(AtenCall call) {
    return learned(call, Shape.of(call.tensor("input").type().shape().dim(1)));
  }

  static Value layer(AtenCall call) {
    Value x = call.tensor("input");
    int axes = call.items("normalized_shape").size();
    int rank = x.type().shape().rank();
    Op op = new LayerNorm(axes, call.number("eps"));
    boolean factors = call.given("weight") && !call.given("bias");
    return factors
        ? call.emit(op, x, call.tensor("weight"))
        : with(call, op, x, learned(call, x.type().shape().sub(rank - axes, rank)));
  }

  static AtenItem nativeLayer(AtenCall call) {
    return first(layer(call));
  }

  static Value rms(AtenCall call) {
    int axes = call.items("normalized_shape").size();
    double epsilon = call.given("eps") ? call.number("eps") : Math.ulp(1f);
    return call.weighted(new RmsNorm(axes, epsilon), call.tensor("input"), "weight");
  }

  static Value group(AtenCall call) {
    return grouped(call, call.whole("num_groups"));
  }

  static AtenItem nativeGroup(AtenCall call) {
    return first(grouped(call, call.whole("group")));
  }

  private static Value grouped(AtenCall call, int groups) {
    return channels(call, new GroupNorm(groups, call.number("eps")), learnedChannels(call));
  }

  /** Statistics of each image, or running ones where they are kept. */
  static Value instance(AtenCall call) {
    if (!call.flag("use_input_stats")) {
      return running(call);
    }
    call.skip("running_mean", "running_var"); // they are only updated
    return channels(call, new InstanceNorm(call.number("eps")), learnedChannels(call));
  }

  /** Batch statistics of a batch of one, which is how instance norm is taken apart. */
  static AtenItem alone(AtenCall call) {
    boolean one = call.tensor("input").type().shape().dim(0).equals(Dim.ONE);
    if (!one || !call.flag("training")) {
      throw call.refused(
          "batch norm without running statistics",
          "it would mix the samples of a batch, so that no input had an output of its own",
          "call model.eval() before the export, and keep track_running_stats=True");
    }
    return first(channels(call, new InstanceNorm(call.number("eps")), learnedChannels(call)));
  }

  /** A weight of stored direction and length: {@code v · g / |v|}, known at import. */
  static Value weightNorm(AtenCall call) {
    Value direction = call.tensor("v");
    int rank = direction.type().shape().rank();
    List<Integer> axes = new ArrayList<>(AxisOrders.rising(rank));
    axes.remove(Integer.valueOf(call.axis("dim", direction)));
    Value length = call.emit(new ReduceL2(axes, true), direction);
    return call.emit(new Mul(), direction, call.emit(new Div(), call.tensor("g"), length));
  }

  private static AtenItem first(Value value) {
    return new AtenItem.Many(List.of(new AtenItem.Flow(value), STATISTICS, STATISTICS));
  }
}
