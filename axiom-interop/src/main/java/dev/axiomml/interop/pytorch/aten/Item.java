package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import java.util.List;

/** An argument or a result of an ATen call. */
public sealed interface Item {
  /** None. */
  Item NOTHING = new Nothing();

  /** What a name stands for. */
  record Ref(String name) implements Item {}

  /** A tensor that the graph computes. */
  record Flow(Value value) implements Item {}

  /** A tensor of the file, under the file's name, its axes perhaps in another order. */
  record Weight(Parameter parameter) implements Item {}

  /** An integer, perhaps symbolic. */
  record Size(Dim dim) implements Item {}

  /** A floating-point number. */
  record Real(double value) implements Item {}

  /** A boolean. */
  record Flag(boolean value) implements Item {}

  /** A text such as {@code same}. */
  record Text(String value) implements Item {}

  /** An element type. */
  record Element(DType dtype) implements Item {}

  /** A list or a tuple. */
  record Many(List<Item> items) implements Item {
    /** Copies the list. */
    public Many {
      items = List.copyOf(items);
    }
  }

  /**
   * A result that PyTorch has and that is not computed here; whoever uses it is refused.
   *
   * @param what the result in words
   */
  record Absent(String what) implements Item {}

  /** None, and whatever says nothing about values: devices, memory formats. */
  record Nothing() implements Item {}

  /** An integer. */
  static Item of(long value) {
    return new Size(Dim.of(value));
  }

  /** A list of integers. */
  static Item of(List<Integer> values) {
    return new Many(values.stream().map(Item::of).toList());
  }

  /** A list of computed tensors. */
  static Item tensors(List<Value> values) {
    return new Many(values.stream().map(value -> (Item) new Flow(value)).toList());
  }
}
