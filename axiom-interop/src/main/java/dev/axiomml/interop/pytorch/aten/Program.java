package dev.axiomml.interop.pytorch.aten;

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
 * @param outputs what comes out, in order
 */
public record Program(
    List<Input> inputs, Map<String, Item> bound, List<Step> steps, List<Item.Ref> outputs) {
  /** Copies everything. */
  public Program {
    inputs = List.copyOf(inputs);
    bound = new LinkedHashMap<>(bound);
    steps = List.copyOf(steps);
    outputs = List.copyOf(outputs);
  }

  /** An input. */
  public record Input(String name, Type type) {}

  /** The names inside an item. */
  static Stream<String> names(Item item) {
    if (item instanceof Item.Ref ref) {
      return Stream.of(ref.name());
    }
    return item instanceof Item.Many many
        ? many.items().stream().flatMap(Program::names)
        : Stream.empty();
  }
}
