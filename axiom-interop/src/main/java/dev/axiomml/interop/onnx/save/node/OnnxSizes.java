package dev.axiomml.interop.onnx.save.node;

import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.SizeAlgebra;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sizes as values of the file: int64 lists, computed from the shapes of values that have them. */
public final class OnnxSizes implements SizeAlgebra<String> {
  private final NodeSheet sheet;
  private final OnnxWeights weights;
  private final Map<String, Source> sources = new HashMap<>();
  private final Map<String, String> known = new HashMap<>();

  /** A value, and the stored axis whose size is the symbol. */
  private record Source(String id, int axis) {}

  OnnxSizes(NodeSheet sheet, OnnxWeights weights) {
    this.sheet = sheet;
    this.weights = weights;
  }

  /** Remembers the symbols that a value's sizes tell. */
  public void learn(WrittenValue value) {
    if (!value.type().isTensor()) {
      return;
    }
    Shape shape = value.stored().shape();
    for (int axis = 0; axis < shape.rank(); axis++) {
      Dim dim = shape.dim(axis);
      if (!dim.isFixed()) {
        sources.putIfAbsent(dim.toString(), new Source(value.id(), axis));
      }
    }
  }

  /** A list of sizes. */
  String list(List<Dim> dims) {
    if (dims.stream().allMatch(Dim::isFixed)) {
      return fixed(dims);
    }
    List<String> parts = new ArrayList<>();
    List<Dim> run = new ArrayList<>();
    for (Dim dim : dims) {
      if (!dim.isFixed()) {
        flush(run, parts);
        parts.add(size(dim));
      } else {
        run.add(dim);
      }
    }
    flush(run, parts);
    return parts.size() == 1
        ? parts.get(0)
        : sheet.one("sizes", OnnxCall.of("Concat", parts).whole("axis", 0));
  }

  private void flush(List<Dim> run, List<String> parts) {
    if (!run.isEmpty()) {
      parts.add(fixed(run));
      run.clear();
    }
  }

  private String fixed(List<Dim> dims) {
    return weights.constant(
        Tensor.ofLongs(Shape.of(dims.size()), dims.stream().mapToLong(Dim::value).toArray()));
  }

  /** A list of one size; where a value has just this size, it is asked. */
  private String size(Dim dim) {
    String text = dim.toString();
    if (!known.containsKey(text)) {
      known.put(text, sources.containsKey(text) ? symbol(text) : dim.in(this));
    }
    return known.getOrDefault(text, text);
  }

  @Override
  public String number(long value) {
    return fixed(List.of(Dim.of(value)));
  }

  @Override
  public String symbol(String name) {
    Source source = sources.get(name);
    if (source == null) {
      throw new UnwritableNode(
          "the size " + name, "no value has this size, so it cannot be asked for", "bind it first");
    }
    OnnxCall shape = OnnxCall.of("Shape", source.id).whole("start", source.axis);
    return known.computeIfAbsent(
        name, key -> sheet.one("size." + key, shape.whole("end", source.axis + 1L)));
  }

  @Override
  public String sum(String a, String b) {
    return sheet.one("size", OnnxCall.of("Add", a, b));
  }

  @Override
  public String product(String a, String b) {
    return sheet.one("size", OnnxCall.of("Mul", a, b));
  }

  @Override
  public String floorDiv(String a, String b) {
    return sheet.one("size", OnnxCall.of("Div", a, b));
  }

  @Override
  public String positive(String size) {
    return sheet.one("size", OnnxCall.of("Max", size, number(0)));
  }

  @Override
  public String broadcast(String a, String b) {
    String one = sheet.one("size", OnnxCall.of("Equal", a, number(1)));
    return sheet.one("size", OnnxCall.of("Where", one, b, a));
  }
}
