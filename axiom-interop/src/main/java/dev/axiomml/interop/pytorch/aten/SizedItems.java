package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A program for inputs of given sizes: symbols are numbers wherever it speaks of them. */
final class SizedItems {
  private final Map<String, Dim> sizes = new HashMap<>();

  private SizedItems(List<AtenProgram.Input> inputs, List<Type> types) {
    for (int i = 0; i < inputs.size(); i++) {
      learn(inputs.get(i).type().shape(), types.get(i).shape());
    }
  }

  private void learn(Shape declared, Shape actual) {
    for (int axis = 0; axis < declared.rank(); axis++) {
      Dim actually = actual.dim(axis);
      declared.dim(axis).asSymbol().ifPresent(symbol -> sizes.putIfAbsent(symbol, actually));
    }
  }

  static AtenProgram of(AtenProgram program, List<Type> types) {
    SizedItems sized = new SizedItems(program.inputs(), types);
    List<AtenProgram.Input> inputs =
        IntStream.range(0, types.size())
            .mapToObj(i -> new AtenProgram.Input(program.inputs().get(i).name(), types.get(i)))
            .toList();
    Map<String, AtenItem> bound = new LinkedHashMap<>(program.bound());
    bound.replaceAll((name, item) -> sized.item(item));
    return new AtenProgram(
        inputs,
        bound,
        program.steps().stream().map(sized::step).toList(),
        program.outputs(),
        program.stated().bound(sized::size));
  }

  private Dim size(String symbol) {
    return sizes.getOrDefault(symbol, Dim.symbol(symbol));
  }

  private AtenStep step(AtenStep step) {
    List<AtenStep.Argument> arguments =
        step.arguments().stream()
            .map(argument -> new AtenStep.Argument(argument.name(), item(argument.item())))
            .toList();
    return new AtenStep(step.path(), step.target(), arguments, step.results(), step.spread());
  }

  private AtenItem item(AtenItem item) {
    if (item instanceof AtenItem.Size size) {
      return new AtenItem.Size(size.dim().bind(this::size));
    }
    return item instanceof AtenItem.Many many
        ? new AtenItem.Many(many.items().stream().map(this::item).toList())
        : item;
  }

  /** The weights inside an item. */
  static Stream<Parameter> weights(AtenItem item) {
    if (item instanceof AtenItem.Weight weight) {
      return Stream.of(weight.parameter());
    }
    return item instanceof AtenItem.Many many
        ? many.items().stream().flatMap(SizedItems::weights)
        : Stream.empty();
  }
}
