package dev.axiomml.interop.pytorch.aten.assembly;

import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import dev.axiomml.interop.pytorch.aten.AtenStep;
import dev.axiomml.interop.pytorch.aten.BoundArguments;
import dev.axiomml.interop.pytorch.aten.calls.AtenTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the first calls on an input tell about it; sizes they leave open are symbols. */
public final class InputOpenings {
  private static final Dim BATCH = Dim.symbol("N");
  private static final Dim TIME = Dim.symbol("T");
  private static final Set<String> BLIND =
      Set.of("slice", "dropout", "contiguous", "detach", "clone", "relu", "tanh", "sigmoid");

  private final List<AtenStep> steps;

  private InputOpenings(List<AtenStep> steps) {
    this.steps = steps;
  }

  /** The type of a batch in the file's order; empty when only the caller can know it. */
  public static Optional<Type> type(List<AtenStep> steps, String input) {
    return new InputOpenings(steps).type(input);
  }

  private Optional<Type> type(String name) {
    return steps.stream()
        .filter(step -> step.reads().contains(name))
        .map(this::through)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<Type> through(AtenStep step) {
    boolean blind = BLIND.contains(step.target().name()) && !step.results().isEmpty();
    return blind ? type(step.results().get(0)) : target(step);
  }

  /** A column that is looked up in a table is one of several, as far as is known. */
  private Optional<Type> target(AtenStep step) {
    boolean column = step.target().name().equals("select") && !step.results().isEmpty();
    if (!column) {
      return declared(step);
    }
    return type(step.results().get(0))
        .filter(type -> type.dtype() == DType.INT64)
        .map(type -> Type.of(Shape.of(BATCH, Dim.symbol("F")), DType.INT64));
  }

  private static Optional<Type> declared(AtenStep step) {
    String target = step.target().name();
    if (target.matches("_?convolution|conv(_transpose)?[123]d")) {
      return weight(step, "weight").map(weight -> spatial(step, weight.tensor().shape()));
    }
    if (target.equals("linear")) {
      return weight(step, "weight")
          .map(weight -> Type.float32(Shape.of(BATCH, weight.tensor().shape().dim(1))));
    }
    if (target.equals("batch_norm")) {
      return weight(step, "running_mean")
          .map(mean -> Type.float32(Shape.of(BATCH, mean.tensor().shape().dim(0))));
    }
    if (target.equals("embedding")) {
      return Optional.of(Type.of(Shape.of(BATCH, TIME), DType.INT64));
    }
    return target.equals("lstm") || target.equals("gru") ? recurrent(step) : Optional.empty();
  }

  private static Optional<Parameter> weight(AtenStep step, String name) {
    return argument(step, name) instanceof AtenItem.Weight weight
        ? Optional.of(weight.parameter())
        : Optional.empty();
  }

  private static AtenItem argument(AtenStep step, String name) {
    return AtenTable.find(step, item -> item)
        .map(match -> BoundArguments.of(step, match.schema(), match.row()).item(name))
        .orElse(AtenItem.NOTHING);
  }

  private static Type spatial(AtenStep step, Shape weight) {
    String target = step.target().name();
    boolean back =
        target.contains("transpose")
            || (target.endsWith("convolution")
                && argument(step, "transposed").equals(new AtenItem.Flag(true)));
    long groups = argument(step, "groups") instanceof AtenItem.Size size ? size.dim().value() : 1;
    Dim channels = back ? weight.dim(0) : weight.dim(1).times(groups);
    List<Dim> dims = new ArrayList<>(List.of(BATCH, channels));
    List<String> names = List.of("D", "H", "W");
    int axes = weight.rank() - 2;
    if (axes == 1) {
      dims.add(Dim.symbol("L"));
    } else {
      names.subList(3 - axes, 3).forEach(name -> dims.add(Dim.symbol(name)));
    }
    return Type.float32(new Shape(dims));
  }

  private static Optional<Type> recurrent(AtenStep step) {
    boolean first = argument(step, "batch_first").equals(new AtenItem.Flag(true));
    if (!first || !(argument(step, "params") instanceof AtenItem.Many params)) {
      return Optional.empty();
    }
    return params.items().get(0) instanceof AtenItem.Weight weight
        ? Optional.of(
            Type.float32(Shape.of(BATCH, TIME, weight.parameter().tensor().shape().dim(1))))
        : Optional.empty();
  }
}
