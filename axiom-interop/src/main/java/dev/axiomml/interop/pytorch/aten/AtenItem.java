package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import java.util.List;

/** An argument or a result of an ATen call. */
public sealed interface AtenItem {
  /** None. */
  AtenItem NOTHING = new Nothing();

  /** What a name stands for. */
  record Ref(String name) implements AtenItem {}

  /** A tensor that the graph computes. */
  record Flow(Value value) implements AtenItem {}

  /** A tensor of the file, under the file's name, its axes perhaps in another order. */
  record Weight(Parameter parameter) implements AtenItem {}

  /** An integer, perhaps symbolic. */
  record Size(Dim dim) implements AtenItem {}

  /** A floating-point number. */
  record Real(double value) implements AtenItem {}

  /** A boolean. */
  record Flag(boolean value) implements AtenItem {}

  /** A text such as {@code same}. */
  record Text(String value) implements AtenItem {}

  /** An element type. */
  record Element(DType dtype) implements AtenItem {}

  /** A list or a tuple. */
  record Many(List<AtenItem> items) implements AtenItem {
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
  record Absent(String what) implements AtenItem {}

  /** None, and whatever says nothing about values: devices, memory formats. */
  record Nothing() implements AtenItem {}

  /** An integer. */
  static AtenItem of(long value) {
    return new Size(Dim.of(value));
  }

  /** A list of integers. */
  static AtenItem of(List<Integer> values) {
    return new Many(values.stream().map(AtenItem::of).toList());
  }

  /** A list of computed tensors. */
  static AtenItem tensors(List<Value> values) {
    return new Many(values.stream().map(value -> (AtenItem) new Flow(value)).toList());
  }
}
