package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.BatchNorm;
import dev.axiomml.core.op.Div;
import dev.axiomml.core.op.GroupNorm;
import dev.axiomml.core.op.InstanceNorm;
import dev.axiomml.core.op.LayerNorm;
import dev.axiomml.core.op.Mul;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.ReduceL2;
import dev.axiomml.core.op.RmsNorm;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.layout.Orders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Normalisations, as they are at inference. */
final class Norms {
  private static final Item STATISTICS = new Item.Absent("the statistics of a norm");

  private Norms() {}

  /** With running statistics; channels are axis 1. */
  static Value batch(Call call) {
    if (call.flag("training") || !call.given("running_mean") || !call.given("running_var")) {
      throw call.refused(
          "batch norm without running statistics",
          "it would mix the samples of a batch, so that no input had an output of its own",
          "call model.eval() before the export, and keep track_running_stats=True");
    }
    return running(call);
  }

  /** The core dialect's, with two more results that only training reads. */
  static Item batchLegit(Call call) {
    return first(running(call));
  }

  private static Value running(Call call) {
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

  private static Value channels(Call call, Op op) {
    int axes = call.tensor("input").type().shape().rank() - 2;
    return call.spatial("input", axes, x -> call.emit(op, x));
  }

  static Value layer(Call call) {
    int axes = call.items("normalized_shape").size();
    return call.emit(
        new LayerNorm(
            axes,
            call.optionalParameter("weight"),
            call.optionalParameter("bias"),
            call.number("eps")),
        call.tensor("input"));
  }

  static Item nativeLayer(Call call) {
    return first(layer(call));
  }

  static Value rms(Call call) {
    int axes = call.items("normalized_shape").size();
    double epsilon = call.given("eps") ? call.number("eps") : Math.ulp(1f);
    RmsNorm op = new RmsNorm(axes, call.optionalParameter("weight"), epsilon);
    return call.emit(op, call.tensor("input"));
  }

  static Value group(Call call) {
    return grouped(call, call.whole("num_groups"));
  }

  static Item nativeGroup(Call call) {
    return first(grouped(call, call.whole("group")));
  }

  private static Value grouped(Call call, int groups) {
    return channels(
        call,
        new GroupNorm(
            groups,
            call.optionalParameter("weight"),
            call.optionalParameter("bias"),
            call.number("eps")));
  }

  /** Statistics of each image, or running ones where they are kept. */
  static Value instance(Call call) {
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
  static Item alone(Call call) {
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
  static Value weightNorm(Call call) {
    Value direction = call.tensor("v");
    int rank = direction.type().shape().rank();
    List<Integer> axes = new ArrayList<>(Orders.rising(rank));
    axes.remove(Integer.valueOf(call.axis("dim", direction)));
    Value length = call.emit(new ReduceL2(axes, true), direction);
    return call.emit(new Mul(), direction, call.emit(new Div(), call.tensor("g"), length));
  }

  private static Item first(Value value) {
    return new Item.Many(List.of(new Item.Flow(value), STATISTICS, STATISTICS));
  }
}
