package dev.axiomml.interop.onnx.save;

import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.layout.Orders;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings values into the order of axes that an operator wants; constants turn without a node. */
final class Laying {
  private final Sheet sheet;
  private final Weights weights;
  private final Sizes sizes;
  private final Map<String, String> turned = new HashMap<>();

  Laying(Sheet sheet, Weights weights, Sizes sizes) {
    this.sheet = sheet;
    this.weights = weights;
    this.sizes = sizes;
  }

  /** The value's id in the file; a constant is stored now. */
  String id(Written x) {
    return x.constant().map(tensor -> weights.tensor(x.id(), tensor)).orElse(x.id());
  }

  /** The value with its axes in their own order. */
  Written plain(Written x) {
    return x.isPlain() ? x : laid(x, Orders.rising(x.order().size()));
  }

  /** The value with its axes in an order of theirs. */
  Written laid(Written x, List<Integer> order) {
    if (x.order().equals(order)) {
      return x;
    }
    List<Integer> moves = order.stream().map(x.order()::indexOf).toList();
    if (x.constant().isPresent()) {
      return x.turned(x.constant().get().permute(ints(moves)), order);
    }
    String id = turned.get(x.id() + moves);
    if (id == null) {
      id = turn(x, moves);
      turned.put(x.id() + moves, id);
    }
    return x.moved(id, order);
  }

  private String turn(Written x, List<Integer> moves) {
    Shape shape = x.stored().shape();
    return still(shape, moves)
        ? sheet.one(
            sheet.called(x.id()),
            Call.of("Reshape", x.id(), sizes.list(shape.permuted(ints(moves)).dims())))
        : sheet.one(sheet.called(x.id()), Call.of("Transpose", x.id()).wholes("perm", moves));
  }

  /** Whether the elements lie in the order of the value's own axes. */
  static boolean flat(Written x) {
    List<Integer> moves = Orders.rising(x.order().size()).stream().map(x.order()::indexOf).toList();
    return x.isPlain() || still(x.stored().shape(), moves);
  }

  /** Whether only axes of size one change places, so that the elements stay where they are. */
  private static boolean still(Shape shape, List<Integer> moves) {
    List<Integer> moving = new ArrayList<>(moves);
    moving.removeIf(axis -> shape.dim(axis).equals(Dim.ONE));
    return moving.equals(moving.stream().sorted().toList());
  }

  /**
   * The value beside others that lie in an order: of lower rank it gets leading axes of size one,
   * single numbers stay.
   */
  Written beside(Written x, List<Integer> order) {
    int missing = order.size() - x.order().size();
    if (x.order().isEmpty() || missing == 0) {
      return x.order().isEmpty() ? x : laid(x, order);
    }
    Shape full = new Shape(Collections.nCopies(missing, Dim.ONE)).concat(x.type().shape());
    Type type = Type.of(full, x.type().dtype());
    Written low = plain(x);
    if (low.constant().isPresent()) {
      Tensor wide = low.constant().get().reshape(full);
      List<Integer> axes = Orders.rising(order.size());
      return laid(new Written(x.id(), axes, type, Optional.of(wide)), order);
    }
    String front = weights.constant(longs(Orders.rising(missing)));
    String wide = sheet.one(sheet.called(x.id()), Call.of("Unsqueeze", low.id(), front));
    return laid(Written.plain(wide, type), order);
  }

  static Tensor longs(List<Integer> values) {
    return Tensor.ofLongs(
        Shape.of(values.size()), values.stream().mapToLong(Integer::longValue).toArray());
  }

  private static int[] ints(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }
}
