package dev.axiomml.interop.pytorch.aten.calls;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.index.GatherElements;
import dev.axiomml.core.op.index.ScatterElements;
import dev.axiomml.core.op.index.ScatterReduction;
import dev.axiomml.core.op.linear.Embedding;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.op.pair.Bits;
import dev.axiomml.core.op.pair.Compare;
import dev.axiomml.core.op.pair.Logic;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.pair.Sub;
import dev.axiomml.core.op.pair.Where;
import dev.axiomml.core.op.reduce.ReduceMax;
import dev.axiomml.core.op.reduce.ReduceMin;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.pytorch.aten.AtenCall;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import dev.axiomml.interop.pytorch.aten.TypePromotion;
import java.util.List;
import java.util.stream.LongStream;

/** Comparisons, logic, and elements chosen by number. */
final class ComparisonCalls {
  private ComparisonCalls() {}

  static Value compare(AtenCall call, Compare.Kind kind) {
    List<Value> pair = ArithmeticCalls.pair(call);
    return call.emit(new Compare(kind), pair.get(0), pair.get(1));
  }

  static Value logic(AtenCall call, Logic.Kind kind) {
    Value first = truth(call, call.tensor("self"));
    return kind == Logic.Kind.NOT
        ? call.emit(new Logic(kind), first)
        : call.emit(new Logic(kind), first, truth(call, call.tensor("other")));
  }

  /** Bits of whole numbers; of truths that is logic. */
  static Value bits(AtenCall call, Bits.Kind kind) {
    boolean alone = kind == Bits.Kind.NOT;
    List<Value> in = alone ? List.of(call.tensor("self")) : ArithmeticCalls.pair(call);
    boolean truths = in.get(0).type().dtype() == DType.BOOL;
    return call.emitAll(truths ? new Logic(Logic.Kind.valueOf(kind.name())) : new Bits(kind), in)
        .get(0);
  }

  private static Value truth(AtenCall call, Value x) {
    return TypePromotion.cast(call, x, DType.BOOL);
  }

  /** Whether one of some elements is true. */
  static Value any(AtenCall call) {
    Value ones = TypePromotion.cast(call, truth(call, call.tensor("self")), DType.FLOAT32);
    return truth(call, call.emit(new ReduceMax(axes(call), keep(call)), ones));
  }

  static Value all(AtenCall call) {
    Value ones = TypePromotion.cast(call, truth(call, call.tensor("self")), DType.FLOAT32);
    return truth(call, call.emit(new ReduceMin(axes(call), keep(call)), ones));
  }

  private static List<Integer> axes(AtenCall call) {
    return call.wholes("dim");
  }

  private static boolean keep(AtenCall call) {
    return call.isSet("keepdim");
  }

  /** Where a condition holds one tensor, else the other; broadcast. */
  static Value where(AtenCall call) {
    List<Value> pair = ArithmeticCalls.pair(call);
    Value condition = truth(call, call.tensor("condition"));
    return chosen(call, condition, pair.get(0), pair.get(1));
  }

  /** The first where a condition holds, else the second; exact for whole numbers, as c·a + (1−c)·b. */
  static Value chosen(AtenCall call, Value condition, Value a, Value b) {
    DType dtype = a.type().dtype();
    if (dtype.isFloat()) {
      return call.emit(new Where(), condition, a, b);
    }
    DType whole = dtype == DType.BOOL ? DType.UINT8 : dtype;
    Value c = TypePromotion.cast(call, condition, whole);
    Value other = call.emit(new Sub(), call.constant(1, whole), c);
    Value first = call.emit(new Mul(), c, TypePromotion.cast(call, a, whole));
    Value second = call.emit(new Mul(), other, TypePromotion.cast(call, b, whole));
    return TypePromotion.cast(call, call.emit(new Add(), first, second), dtype);
  }

  /** Rows of a table; what a padding index would mean for training says nothing here. */
  static Value embedding(AtenCall call) {
    return call.emit(new Embedding(), call.tensor("indices"), call.tensor("weight"));
  }

  static Value indexSelect(AtenCall call) {
    Value x = call.tensor("self");
    return IndexingCalls.taken(call, x, call.axis("dim", x), call.tensor("index"));
  }

  static Value gather(AtenCall call) {
    Value x = call.tensor("self");
    return call.emit(new GatherElements(call.axis("dim", x)), x, call.tensor("index"));
  }

  /** Elements written to stated positions of an axis; a number is written to all of them. */
  static Value scatter(AtenCall call, String source) {
    String reduce = call.knows("reduce") ? call.text("reduce") : "";
    return switch (reduce) {
      case "" -> scatter(call, source, ScatterReduction.REPLACE);
      case "add" -> scatter(call, source, ScatterReduction.ADD);
      case "multiply" -> scatter(call, source, ScatterReduction.MUL);
      default ->
          throw call.refused(
              "scatter that reduces by " + reduce, "it adds or multiplies", "use one of them");
    };
  }

  static Value scatterAdd(AtenCall call) {
    return scatter(call, "src", ScatterReduction.ADD);
  }

  /** Only as much of the source as the index is large. */
  private static Value scatter(AtenCall call, String source, ScatterReduction merging) {
    Value x = call.tensor("self");
    Value at = call.tensor("index");
    Shape shape = at.type().shape();
    DType dtype = x.type().dtype();
    Value from =
        call.isTensor(source)
            ? cornered(call, call.tensor(source), shape)
            : call.expanded(call.constant(call.number(source), dtype), shape);
    return call.emit(new ScatterElements(call.axis("dim", x), merging), x, at, from);
  }

  /** The front of a tensor along each axis. */
  private static Value cornered(AtenCall call, Value x, Shape shape) {
    Value part = x;
    for (int axis = 0; axis < shape.rank(); axis++) {
      boolean whole = part.type().shape().dim(axis).equals(shape.dim(axis));
      part = whole ? part : call.emit(new Slice(axis, Dim.ZERO, shape.dim(axis), 1), part);
    }
    return part;
  }

  /** A new last axis with a one where the number says. */
  static Value oneHot(AtenCall call) {
    Value at = call.tensor("self");
    long classes = call.size("num_classes").value();
    if (classes < 0) {
      throw call.refused(
          "one_hot without a number of classes",
          "it depends on the input then",
          "say it: one_hot(x, num_classes)");
    }
    Value numbers =
        call.constant(
            Tensor.ofLongs(
                Shape.of(classes),
                LongStream.range(0, CreationCalls.room(call, (double) classes)).toArray()));
    Value wide = call.inserted(at, at.type().shape().rank());
    return TypePromotion.cast(
        call, call.emit(new Compare(Compare.Kind.EQUAL), wide, numbers), DType.INT64);
  }

  /** Another element type, another device, or both, of which only the type matters. */
  static Value to(AtenCall call) {
    Value x = call.tensor("self");
    if (call.knows("copy")) {
      call.skip("copy"); // whose result is distinguished from its origin by Aliases
    }
    return call.dtype("dtype").map(dtype -> TypePromotion.cast(call, x, dtype)).orElse(x);
  }

  static Value typeAs(AtenCall call) {
    if (call.knows("copy")) {
      call.skip("copy");
    }
    return TypePromotion.cast(call, call.tensor("self"), call.tensor("other").type().dtype());
  }

  /** The tensor itself, which is as the file asserts. */
  static AtenItem asserted(AtenCall call) {
    call.skip("size", "stride");
    DType is = call.tensor("a").type().dtype();
    DType said = call.dtype("dtype").orElse(is);
    if (is != said) {
      throw call.refused(
          "the file asserts " + said + ", the importer infers " + is,
          "a value is of the type that the file states",
          "export the model again");
    }
    return call.item("a");
  }
}
