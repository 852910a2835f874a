package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.tensor.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A straight line of ATen calls, as every PyTorch container is read into.
 *
 * @param inputs what the user gives, in order, in the file's own layout
 * @param bound what other names stand for at the start: weights, buffers, numbers
 * @param steps in the order of running
 * @param outputs the results, in order
 * @param stated what the file states of the values
 */
public record AtenProgram(
    List<Input> inputs,
    Map<String, AtenItem> bound,
    List<AtenStep> steps,
    List<Output> outputs,
    StatedTypes stated) {
  /** Copies everything. */
  public AtenProgram {
    inputs = List.copyOf(inputs);
    bound = new LinkedHashMap<>(bound);
    steps = List.copyOf(steps);
    outputs = List.copyOf(outputs);
  }

  /** A program of a file that states no types. */
  public AtenProgram(
      List<Input> inputs, Map<String, AtenItem> bound, List<AtenStep> steps, List<Output> outputs) {
    this(inputs, bound, steps, outputs, StatedTypes.NONE);
  }

  /** The same program for inputs of these types, whose sizes are numbers; it shares its weights. */
  public AtenProgram sized(List<Type> types) {
    return SizedItems.of(this, types);
  }

  /** The weights that it names, each as often as it is named. */
  public Stream<Parameter> weights() {
    return Stream.concat(
            bound.values().stream(),
            steps.stream().flatMap(step -> step.arguments().stream().map(AtenStep.Argument::item)))
        .flatMap(SizedItems::weights);
  }

  /** An input. */
  public record Input(String name, Type type) {}

  /** An output: what it is called outside, and the value it is. */
  public record Output(String name, AtenItem.Ref value) {}

  /** Outputs of a file that has no names for them. */
  public static List<Output> nameless(List<AtenItem.Ref> values) {
    if (values.size() == 1) {
      return List.of(new Output("output", values.get(0)));
    }
    return java.util.stream.IntStream.range(0, values.size())
        .mapToObj(i -> new Output("output" + i, values.get(i)))
        .toList();
  }

  /** The names inside an item. */
  static Stream<String> names(AtenItem item) {
    if (item instanceof AtenItem.Ref ref) {
      return Stream.of(ref.name());
    }
    return item instanceof AtenItem.Many many
        ? many.items().stream().flatMap(AtenProgram::names)
        : Stream.empty();
  }
}
