package dev.axiomml.interop.onnx.save.node;

import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.layout.AxisOrders;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings values into the order of axes that an operator wants; constants turn without a node. */
public final class AxisLaying {
  private final NodeSheet sheet;
  private final OnnxWeights weights;
  private final OnnxSizes sizes;
  private final Map<String, String> turned = new HashMap<>();

  AxisLaying(NodeSheet sheet, OnnxWeights weights, OnnxSizes sizes) {
    this.sheet = sheet;
    this.weights = weights;
    this.sizes = sizes;
  }

  /** The value's id in the file; a constant is stored now. */
  public String id(WrittenValue x) {
    return x.constant().map(tensor -> weights.tensor(x.id(), tensor)).orElse(x.id());
  }

  /** The value with its axes in their own order. */
  public WrittenValue plain(WrittenValue x) {
    return x.isPlain() ? x : laid(x, AxisOrders.rising(x.order().size()));
  }

  /** The value with its axes in an order of theirs. */
  public WrittenValue laid(WrittenValue x, List<Integer> order) {
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

  private String turn(WrittenValue x, List<Integer> moves) {
    Shape shape = x.stored().shape();
    return still(shape, moves)
        ? sheet.one(
            sheet.called(x.id()),
            OnnxCall.of("Reshape", x.id(), sizes.list(shape.permuted(ints(moves)).dims())))
        : sheet.one(sheet.called(x.id()), OnnxCall.of("Transpose", x.id()).wholes("perm", moves));
  }

  /** Whether the elements lie in the order of the value's own axes. */
  public static boolean flat(WrittenValue x) {
    List<Integer> moves =
        AxisOrders.rising(x.order().size()).stream().map(x.order()::indexOf).toList();
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
  public WrittenValue beside(WrittenValue x, List<Integer> order) {
    int missing = order.size() - x.order().size();
    if (x.order().isEmpty() || missing == 0) {
      return x.order().isEmpty() ? x : laid(x, order);
    }
    Shape full = new Shape(Collections.nCopies(missing, Dim.ONE)).concat(x.type().shape());
    Type type = Type.of(full, x.type().dtype());
    WrittenValue low = plain(x);
    if (low.constant().isPresent()) {
      Tensor wide = low.constant().get().reshape(full);
      List<Integer> axes = AxisOrders.rising(order.size());
      return laid(new WrittenValue(x.id(), axes, type, Optional.of(wide)), order);
    }
    String front = weights.constant(longs(AxisOrders.rising(missing)));
    String wide = sheet.one(sheet.called(x.id()), OnnxCall.of("Unsqueeze", low.id(), front));
    return laid(WrittenValue.plain(wide, type), order);
  }

  static Tensor longs(List<Integer> values) {
    return Tensor.ofLongs(
        Shape.of(values.size()), values.stream().mapToLong(Integer::longValue).toArray());
  }

  private static int[] ints(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }
}
