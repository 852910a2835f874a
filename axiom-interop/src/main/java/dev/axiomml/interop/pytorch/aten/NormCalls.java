package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.norm.BatchNorm;
import dev.axiomml.core.op.norm.GroupNorm;
import dev.axiomml.core.op.norm.InstanceNorm;
import dev.axiomml.core.op.norm.LayerNorm;
import dev.axiomml.core.op.norm.RmsNorm;
import dev.axiomml.core.op.pair.Div;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.reduce.ReduceL2;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.layout.AxisOrders;
import java.util.ArrayList;
import java.util.Arrays;
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
    List<Parameter> statistics =
        List.of(call.parameter("running_mean"), call.parameter("running_var"));
    List<Parameter> affine = new ArrayList<>();
    boolean some = call.given("weight") || call.given("bias");
    if (some) {
      Shape channels = statistics.get(0).tensor().shape();
      affine.add(call.optionalParameter("weight").orElseGet(() -> lone("weight", channels, 1)));
      affine.add(call.optionalParameter("bias").orElseGet(() -> lone("bias", channels, 0)));
    }
    return channels(call, new BatchNorm(statistics, affine, call.number("eps")));
  }

  /** The half of a pair that a file leaves out. */
  private static Parameter lone(String name, Shape shape, double value) {
    double[] values = new double[shape.count()];
    Arrays.fill(values, value);
    return new Parameter(name, Tensor.ofDoubles(shape, DType.FLOAT32, values));
  }

  private static Value channels(AtenCall call, Op op) {
    int axes = call.tensor("input").type().shape().rank() - 2;
    return call.spatial("input", axes, x -> call.emit(op, x));
  }

  static Value layer(AtenCall call) {
    int axes = call.items("normalized_shape").size();
    return call.emit(
        new LayerNorm(
            axes,
            call.optionalParameter("weight"),
            call.optionalParameter("bias"),
            call.number("eps")),
        call.tensor("input"));
  }

  static AtenItem nativeLayer(AtenCall call) {
    return first(layer(call));
  }

  static Value rms(AtenCall call) {
    int axes = call.items("normalized_shape").size();
    double epsilon = call.given("eps") ? call.number("eps") : Math.ulp(1f);
    RmsNorm op = new RmsNorm(axes, call.optionalParameter("weight"), epsilon);
    return call.emit(op, call.tensor("input"));
  }

  static Value group(AtenCall call) {
    return grouped(call, call.whole("num_groups"));
  }

  static AtenItem nativeGroup(AtenCall call) {
    return first(grouped(call, call.whole("group")));
  }

  private static Value grouped(AtenCall call, int groups) {
    return channels(
        call,
        new GroupNorm(
            groups,
            call.optionalParameter("weight"),
            call.optionalParameter("bias"),
            call.number("eps")));
  }

  /** Statistics of each image, or running ones where they are kept. */
  static Value instance(AtenCall call) {
    if (!call.flag("use_input_stats")) {
      return running(call);
    }
    call.skip("running_mean", "running_var"); // they are only updated
    return channels(
        call,
        new InstanceNorm(
            call.optionalParameter("weight"), call.optionalParameter("bias"), call.number("eps")));
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
    return first(
        channels(
            call,
            new InstanceNorm(
                call.optionalParameter("weight"),
                call.optionalParameter("bias"),
                call.number("eps"))));
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
