package dev.axiomml.interop.pytorch.aten.assembly;

import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.pytorch.aten.AtenStep;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is known of how PyTorch would lay out tensors: row by row, surely not so, or unknown. */
final class MemoryLayouts {
  /** How a tensor lies in memory. */
  enum Order {
    ROWS,
    OTHER,
    UNKNOWN
  }

  /** Results that lie row by row whatever goes in. */
  private static final Set<String> FRESH =
      Set.of("contiguous", "reshape", "flatten", "zeros", "ones", "full", "empty", "arange", "cat");

  /** Views of something that lies row by row and do so themselves. */
  private static final Set<String> KEEPING =
      Set.of("view", "unsqueeze", "squeeze", "unflatten", "detach", "alias", "to", "dropout");

  /** Calls whose result may lie in any order. */
  private static final Set<String> OPEN =
      Set.of(
          "scaled_dot_product_attention",
          "lstm",
          "gru",
          "select",
          "slice",
          "narrow",
          "split",
          "chunk",
          "unbind",
          "expand",
          "split_with_sizes",
          "as_strided",
          "diagonal",
          "expand_as");

  private final Map<String, Order> orders = new HashMap<>();

  /** Notes how the result of a call lies. */
  void note(AtenStep step, List<MovedView.Put> trail, Shape first) {
    Order order = order(step, trail, first);
    step.results().forEach(result -> orders.put(result, order));
  }

  /** How a name lies; inputs and weights row by row. */
  Order of(String name) {
    return orders.getOrDefault(name, Order.ROWS);
  }

  private Order order(AtenStep step, List<MovedView.Put> trail, Shape first) {
    String target = step.target().name();
    if (FRESH.contains(target)) {
      return Order.ROWS;
    }
    boolean rows = step.reads().stream().allMatch(name -> of(name) == Order.ROWS);
    if (!rows || OPEN.contains(target)) {
      return Order.UNKNOWN;
    }
    if (AliasingCalls.isView(step.target()) && !KEEPING.contains(target)) {
      return trail.stream().anyMatch(put -> turns(put, first)) ? Order.OTHER : Order.UNKNOWN;
    }
    return Order.ROWS;
  }

  /** Whether two axes of more than one element change places. */
  private static boolean turns(MovedView.Put put, Shape shape) {
    if (!(put.op() instanceof Permute permute) || permute.order().size() != shape.rank()) {
      return false;
    }
    List<Integer> wide = permute.order().stream().filter(axis -> isWide(shape.dim(axis))).toList();
    return !wide.equals(wide.stream().sorted().toList());
  }

  private static boolean isWide(Dim dim) {
    return dim.isFixed() && dim.value() > 1;
  }
}
