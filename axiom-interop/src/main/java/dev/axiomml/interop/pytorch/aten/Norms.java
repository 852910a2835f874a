package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.BatchNorm;
import dev.axiomml.core.op.Parameter;
import java.util.ArrayList;
import java.util.List;

/** Normalisations, as they are at inference. */
final class Norms {
  private Norms() {}

  /** With running statistics; channels are axis 1. */
  static Value batch(Call call) {
    if (call.flag("training") || !call.given("running_mean") || !call.given("running_var")) {
      throw call.refused(
          "batch norm without running statistics",
          "it would mix the samples of a batch, so that no input had an output of its own",
          "call model.eval() before the export, and keep track_running_stats=True");
    }
    return normalised(call);
  }

  /** The core dialect's, with two more results that only training reads. */
  static Item batchLegit(Call call) {
    return new Item.Many(List.of(new Item.Flow(normalised(call)), Item.NOTHING, Item.NOTHING));
  }

  private static Value normalised(Call call) {
    List<Parameter> statistics =
        List.of(call.parameter("running_mean"), call.parameter("running_var"));
    List<Parameter> affine = new ArrayList<>();
    call.optionalParameter("weight").ifPresent(affine::add);
    call.optionalParameter("bias").ifPresent(affine::add);
    BatchNorm op = new BatchNorm(statistics, affine, call.number("eps"));
    int axes = call.tensor("input").type().shape().rank() - 2;
    return call.spatial("input", axes, x -> call.emit(op, x));
  }
}
