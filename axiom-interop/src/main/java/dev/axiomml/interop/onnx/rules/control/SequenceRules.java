package dev.axiomml.interop.onnx.rules.control;

import static java.util.Map.entry;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.move.Concat;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.file.DeclaredTypes;
import dev.axiomml.interop.onnx.file.OnnxElementTypes;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxRule;
import dev.axiomml.interop.onnx.proto.GraphProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sequences and optionals: lists of values while the model is read, so that what is made of their
 * elements are ordinary steps; a sequence that arrives as an input is taken apart on each run.
 */
public final class SequenceRules {
  public static final Map<String, OnnxRule> TABLE =
      Map.ofEntries(
          entry("ConcatFromSequence", SequenceRules::concat),
          entry("Optional", SequenceRules::optional),
          entry("OptionalGetElement", at -> List.of(element(at))),
          entry("OptionalHasElement", SequenceRules::hasElement),
          entry("SequenceAt", SequenceRules::elementAt),
          entry("SequenceConstruct", at -> made(at, at.all())),
          entry("SequenceEmpty", SequenceRules::empty),
          entry("SequenceErase", SequenceRules::erase),
          entry("SequenceInsert", SequenceRules::insert),
          entry("SequenceLength", SequenceRules::length),
          entry("SequenceMap", SequenceRules::map),
          entry("SplitToSequence", SequenceRules::split));

  private SequenceRules() {}

  private static List<Value> held(OnnxNodeContext at, int i) {
    return at.importing()
        .bundles()
        .held(at.in(i))
        .orElseThrow(
            () ->
                at.later(
                    "operand " + i + " of " + at.op() + " is made while the graph runs",
                    "what it holds must be known here"));
  }

  private static List<Value> made(OnnxNodeContext at, List<Value> elements) {
    DType otherwise = at.operands() > 0 ? at.dtype(0) : DType.FLOAT32;
    return List.of(at.importing().bundles().sequence(elements, otherwise));
  }

  private static List<Value> empty(OnnxNodeContext at) {
    int number = at.attributes().integer("dtype", OnnxElementTypes.number(DType.FLOAT32));
    DType dtype =
        OnnxElementTypes.of(number)
            .orElseThrow(() -> at.refuse("SequenceEmpty of type " + number, "it is not supported"));
    return List.of(at.importing().bundles().sequence(List.of(), dtype));
  }

  /** A stated position, counted from the back where it is negative. */
  private static int position(OnnxNodeContext at, int i, int size) {
    long stated = at.require(i).longAt(0);
    return Math.toIntExact(stated < 0 ? stated + size : stated);
  }

  private static List<Value> elementAt(OnnxNodeContext at) {
    List<Value> all = held(at, 0);
    return List.of(all.get(position(at, 1, all.size())));
  }

  private static List<Value> erase(OnnxNodeContext at) {
    List<Value> all = new ArrayList<>(held(at, 0));
    all.remove(at.has(1) ? position(at, 1, all.size()) : all.size() - 1);
    return made(at, all);
  }

  private static List<Value> insert(OnnxNodeContext at) {
    List<Value> all = new ArrayList<>(held(at, 0));
    all.add(at.has(2) ? position(at, 2, all.size()) : all.size(), at.in(1));
    return made(at, all);
  }

  private static List<Value> length(OnnxNodeContext at) {
    return List.of(at.constant(Tensor.ofLongs(Shape.SCALAR, held(at, 0).size())));
  }

  private static List<Value> concat(OnnxNodeContext at) {
    List<Value> all = held(at, 0);
    int axis = at.attributes().integer("axis", 0);
    return List.of(
        at.attributes().flag("new_axis", false)
            ? FlowRules.stacked(at, all, axis)
            : at.emitAll(new Concat(axis), all).get(0));
  }

  /** Parts of stated lengths, or of one length but for the last; without, of length 1. */
  private static List<Value> split(OnnxNodeContext at) {
    int axis = at.shape(0).axis(at.attributes().integer("axis", 0));
    Dim size = at.shape(0).dim(axis);
    Optional<Tensor> stated = at.has(1) ? Optional.of(at.require(1)) : Optional.empty();
    if (!size.isFixed()) {
      throw at.later("SplitToSequence along the free size " + size, "parts must be countable");
    }
    boolean flat = stated.isEmpty() && !at.attributes().flag("keepdims", true);
    List<Value> parts = new ArrayList<>();
    long start = 0;
    for (long length : lengths(size.value(), stated)) {
      Value part = at.emit(Slice.of(axis, start, length), at.in(0));
      parts.add(flat ? at.emit(new Reshape(without(at.shape(0), axis)), part) : part);
      start += length;
    }
    if (start != size.value()) {
      throw at.refuse("parts of " + start + " in all of " + size, "they must cover the axis");
    }
    return made(at, parts);
  }

  private static long[] lengths(long size, Optional<Tensor> stated) {
    if (stated.isPresent() && stated.get().shape().rank() == 1) {
      return stated.get().toLongs();
    }
    long each = stated.map(one -> one.longAt(0)).orElse(1L);
    if (each <= 0) {
      throw new IllegalArgumentException("parts of length " + each);
    }
    long[] lengths = new long[Math.toIntExact((size + each - 1) / each)];
    Arrays.setAll(lengths, i -> Math.min(each, size - i * each));
    return lengths;
  }

  private static Shape without(Shape shape, int axis) {
    List<Dim> dims = new ArrayList<>(shape.dims());
    dims.remove(axis);
    return new Shape(dims);
  }

  /** The body once for each element; other operands are the same each time. */
  private static List<Value> map(OnnxNodeContext at) {
    GraphProto body =
        at.attributes()
            .graph("body")
            .orElseThrow(() -> at.refuse("SequenceMap without body", "the operator needs it"));
    List<List<Value>> columns = new ArrayList<>();
    body.getOutputList().forEach(output -> columns.add(new ArrayList<>()));
    int count = held(at, 0).size();
    for (int i = 0; i < count; i++) {
      List<Value> row = at.importing().subgraph(body, row(at, i));
      for (int c = 0; c < columns.size(); c++) {
        columns.get(c).add(row.get(c));
      }
    }
    DeclaredTypes declared = new DeclaredTypes(body);
    List<Value> sequences = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      DType otherwise =
          declared.of(body.getOutput(c).getName()).map(Type::dtype).orElse(DType.FLOAT32);
      sequences.add(at.importing().bundles().sequence(columns.get(c), otherwise));
    }
    return sequences;
  }

  private static List<Value> row(OnnxNodeContext at, int i) {
    List<Value> row = new ArrayList<>();
    for (int operand = 0; operand < at.operands(); operand++) {
      boolean many = at.in(operand).type() instanceof Type.OfSequence;
      row.add(many ? held(at, operand).get(i) : at.in(operand));
    }
    return row;
  }

  private static List<Value> optional(OnnxNodeContext at) {
    Optional<Value> element = at.has(0) ? Optional.of(at.in(0)) : Optional.empty();
    Type otherwise = new Type.OfElements(DType.FLOAT32);
    return List.of(at.importing().bundles().optional(element, otherwise));
  }

  private static Value element(OnnxNodeContext at) {
    if (!(at.in(0).type() instanceof Type.OfOptional)) {
      return at.in(0);
    }
    List<Value> all = held(at, 0);
    if (all.isEmpty()) {
      throw at.refuse("the element of an empty optional", "there is none");
    }
    return all.get(0);
  }

  private static List<Value> hasElement(OnnxNodeContext at) {
    boolean sure = at.has(0) && !(at.in(0).type() instanceof Type.OfOptional);
    boolean has = sure || (at.has(0) && !held(at, 0).isEmpty());
    return List.of(at.constant(Tensor.ofIntegers(Shape.SCALAR, DType.BOOL, has ? 1 : 0)));
  }
}
