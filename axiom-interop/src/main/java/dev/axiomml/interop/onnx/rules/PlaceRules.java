package dev.axiomml.interop.onnx.rules;

import static java.util.Map.entry;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.index.Gather;
import dev.axiomml.core.op.index.GatherElements;
import dev.axiomml.core.op.index.GatherNd;
import dev.axiomml.core.op.index.NonZero;
import dev.axiomml.core.op.index.OneHot;
import dev.axiomml.core.op.index.Range;
import dev.axiomml.core.op.index.ScatterElements;
import dev.axiomml.core.op.index.ScatterNd;
import dev.axiomml.core.op.index.ScatterReduction;
import dev.axiomml.core.op.move.Concat;
import dev.axiomml.core.op.move.Pad;
import dev.axiomml.core.op.move.PadBy;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.op.move.Tile;
import dev.axiomml.core.op.move.Trilu;
import dev.axiomml.core.op.pair.Cast;
import dev.axiomml.core.op.shape.DynamicSlice;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxRule;
import dev.axiomml.interop.onnx.node.OnnxSteps;
import dev.axiomml.interop.onnx.rules.image.SamplingRules;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Steps that take, put and repeat elements. */
public final class PlaceRules {
  public static final Map<String, OnnxRule> TABLE =
      Map.ofEntries(
          entry("Concat", PlaceRules::concat),
          entry("Gather", PlaceRules::gather),
          entry("GatherElements", PlaceRules::gatherElements),
          entry("GatherND", PlaceRules::gatherNd),
          entry("NonZero", at -> List.of(at.emit(new NonZero(at.symbol()), at.in(0)))),
          entry("OneHot", PlaceRules::oneHot),
          entry("Pad", PlaceRules::pad),
          entry("Range", PlaceRules::range),
          entry("Scatter", PlaceRules::scatterElements),
          entry("ScatterElements", PlaceRules::scatterElements),
          entry("ScatterND", PlaceRules::scatterNd),
          entry("Slice", PlaceRules::slice),
          entry("Split", PlaceRules::split),
          entry("Tile", PlaceRules::tile),
          entry("Trilu", PlaceRules::trilu));

  private PlaceRules() {}

  private static int axis(OnnxNodeContext at, int otherwise) {
    return at.attributes().integer("axis", otherwise);
  }

  private static List<Value> concat(OnnxNodeContext at) {
    return at.emitAll(new Concat(at.shape(0).axis(axis(at, 1))), at.all());
  }

  private static List<Value> gather(OnnxNodeContext at) {
    return List.of(at.emit(new Gather(axis(at, 0)), at.in(0), at.in(1)));
  }

  private static List<Value> gatherElements(OnnxNodeContext at) {
    return List.of(at.emit(new GatherElements(axis(at, 0)), at.in(0), at.in(1)));
  }

  private static List<Value> gatherNd(OnnxNodeContext at) {
    GatherNd op = new GatherNd(at.attributes().integer("batch_dims", 0));
    return List.of(at.emit(op, at.in(0), at.in(1)));
  }

  private static ScatterReduction merging(OnnxNodeContext at) {
    String mode = at.attributes().text("reduction", "none");
    return mode.equals("none")
        ? ScatterReduction.REPLACE
        : ScatterReduction.valueOf(mode.toUpperCase(Locale.ROOT));
  }

  private static List<Value> scatterElements(OnnxNodeContext at) {
    ScatterElements op = new ScatterElements(axis(at, 0), merging(at));
    return List.of(at.emit(op, at.in(0), at.in(1), at.in(2)));
  }

  /** Updates are as many as the places, each what one place holds. */
  private static List<Value> scatterNd(OnnxNodeContext at) {
    int depth = SamplingRules.size(at, at.shape(1).dim(-1));
    Shape lead = at.shape(1).sub(0, at.rank(1) - 1);
    Shape each = at.shape(0).sub(depth, at.rank(0));
    Value updates = new OnnxSteps(at).sized(at.in(2), lead.concat(each));
    return List.of(at.emit(new ScatterNd(merging(at)), at.in(0), at.in(1), updates));
  }

  private static List<Value> oneHot(OnnxNodeContext at) {
    Value places = at.emit(new Cast(DType.INT64), at.in(0));
    Value depth = at.emit(new Cast(DType.INT64), at.in(1));
    return List.of(at.emit(new OneHot(axis(at, -1), at.symbol()), places, depth, at.in(2)));
  }

  private static List<Value> range(OnnxNodeContext at) {
    return List.of(at.emit(new Range(at.symbol()), at.in(0), at.in(1), at.in(2)));
  }

  private static List<Value> trilu(OnnxNodeContext at) {
    int diagonal = at.has(1) ? Math.toIntExact(at.require(1).longAt(0)) : 0;
    return List.of(at.emit(new Trilu(at.attributes().flag("upper", true), diagonal), at.in(0)));
  }

  private static List<Value> tile(OnnxNodeContext at) {
    if (at.version() >= 6) {
      at.requireLength(1, at.rank(0));
    }
    return List.of(at.emit(new Tile(OnnxNodeContext.ints(at.require(1))), at.in(0)));
  }

  /** Borders are attributes before opset 11, operands since; axes may be stated since 18. */
  private static List<Value> pad(OnnxNodeContext at) {
    int rank = at.rank(0);
    List<Integer> pads =
        at.attributes()
            .integers("pads")
            .or(() -> at.attributes().integers("paddings"))
            .orElseGet(() -> OnnxNodeContext.ints(at.require(1)));
    List<Integer> all = IntStream.range(0, rank).boxed().toList();
    List<Integer> axes =
        at.has(3)
            ? OnnxNodeContext.ints(at.require(3)).stream().map(at.shape(0)::axis).toList()
            : all;
    if (pads.size() != 2 * axes.size() || axes.stream().distinct().count() < axes.size()) {
      throw at.refuse(
          "Pad of axes " + axes + " by " + pads, "each axis is named once, and has two borders");
    }
    List<Integer> before = new ArrayList<>(Collections.nCopies(rank, 0));
    List<Integer> after = new ArrayList<>(Collections.nCopies(rank, 0));
    for (int i = 0; i < axes.size(); i++) {
      before.set(axes.get(i), pads.get(i));
      after.set(axes.get(i), pads.get(axes.size() + i));
    }
    String mode = at.attributes().text("mode", "constant");
    if (mode.equals("constant")) {
      double value = at.has(2) ? at.require(2).doubleAt(0) : at.attributes().number("value", 0);
      return List.of(at.emit(new Pad(before, after, value), at.in(0)));
    }
    return List.of(at.emit(new PadBy(before, after, mode(mode)), at.in(0)));
  }

  private static PadBy.Mode mode(String text) {
    return text.equals("wrap")
        ? PadBy.Mode.CIRCULAR
        : PadBy.Mode.valueOf(text.toUpperCase(Locale.ROOT));
  }

  private static Value stated(OnnxNodeContext at, String attribute) {
    List<Long> places =
        at.attributes()
            .longs(attribute)
            .orElseThrow(
                () -> at.refuse("Slice without " + attribute, "before opset 10 a setting says it"));
    return longs(at, places);
  }

  private static List<Value> slice(OnnxNodeContext at) {
    List<Value> in = new ArrayList<>(List.of(at.in(0)));
    if (at.version() < 10) {
      in.add(stated(at, "starts"));
      in.add(stated(at, "ends"));
      at.attributes().longs("axes").ifPresent(axes -> in.add(longs(at, axes)));
      if (in.stream().skip(1).map(OnnxSteps::shape).distinct().count() > 1) {
        throw at.refuse("Slice of starts, ends or axes more than the others", "each has all three");
      }
    } else {
      in.add(at.in(1));
      in.add(at.in(2));
      int count = at.shape(1).size(0);
      boolean more = at.has(3) || at.has(4);
      if (more) {
        in.add(at.has(3) ? at.in(3) : at.longs(IntStream.range(0, count).boxed().toList()));
      }
      if (at.has(4)) {
        in.add(at.in(4));
      }
    }
    Optional<Tensor> axes =
        in.size() > 3 ? at.folding().known(in.get(3)).tensor() : Optional.empty();
    axes.ifPresent(all -> distinct(at, all));
    return at.emitAll(new DynamicSlice(at.symbol()), in);
  }

  private static void distinct(OnnxNodeContext at, Tensor axes) {
    if (OnnxNodeContext.ints(axes).stream().map(at.shape(0)::axis).distinct().count()
        < axes.size()) {
      throw at.refuse(at.op() + " along axes " + OnnxNodeContext.ints(axes), "each is named once");
    }
  }

  private static Value longs(OnnxNodeContext at, List<Long> numbers) {
    long[] values = numbers.stream().mapToLong(Long::longValue).toArray();
    return at.constant(Tensor.ofLongs(Shape.of(values.length), values));
  }

  /** Parts of stated sizes, else equal ones of which the last may be smaller. */
  private static List<Value> split(OnnxNodeContext at) {
    int axis = at.shape(0).axis(axis(at, 0));
    Dim size = at.shape(0).dim(axis);
    List<Dim> parts = parts(at, size);
    List<Value> out = new ArrayList<>();
    Dim start = Dim.ZERO;
    Value x = even(at) ? whole(at, axis, parts) : at.in(0);
    for (Dim part : parts) {
      out.add(at.emit(new Slice(axis, start, part, 1), x));
      start = start.plus(part);
    }
    if (!start.matches(size)) {
      throw at.refuse("parts " + parts + " of an axis of " + size, "they make up the whole axis");
    }
    return out;
  }

  /** Whether all parts are equal, as before opset 18 where nothing is said. */
  private static boolean even(OnnxNodeContext at) {
    return !at.attributes().has("split") && !at.has(1) && !at.attributes().has("num_outputs");
  }

  /** The operand; at run time an error where equal parts of a free size leave a rest. */
  private static Value whole(OnnxNodeContext at, int axis, List<Dim> parts) {
    Dim sum = parts.stream().reduce(Dim.ZERO, Dim::plus);
    Shape shape = at.shape(0).with(axis, sum);
    return sum.isFixed() || shape.equals(at.shape(0))
        ? at.in(0)
        : new OnnxSteps(at).reshape(at.in(0), shape);
  }

  private static List<Dim> parts(OnnxNodeContext at, Dim size) {
    Optional<List<Dim>> stated =
        at.attributes().longs("split").map(list -> list.stream().map(Dim::of).toList());
    if (stated.isPresent() || at.has(1)) {
      return stated.orElseGet(() -> at.sizes(1));
    }
    int count = at.attributes().integer("num_outputs", at.results());
    if (count < 1 || count != at.results()) {
      throw at.refuse("num_outputs " + count + " for " + at.results(), "each part is a result");
    }
    if (even(at)) {
      return Collections.nCopies(count, size.floorDiv(count));
    }
    Dim each = size.plus(count - 1L).floorDiv(count);
    List<Dim> parts = new ArrayList<>();
    Dim left = size;
    for (int i = 0; i < count - 1; i++) {
      Dim part = each.least(left);
      parts.add(part);
      left = left.minus(part);
    }
    parts.add(left);
    return parts;
  }

  /** A type with other sizes. */
  static Type sized(OnnxNodeContext at, Shape shape) {
    return Type.of(shape, at.dtype(0));
  }
}
