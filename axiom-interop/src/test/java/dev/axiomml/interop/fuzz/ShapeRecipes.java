package dev.axiomml.interop.fuzz;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** What changes shapes only, and what is made of shapes. */
final class ShapeRecipes {
  static final Map<String, OnnxRecipe> TABLE = table();

  private ShapeRecipes() {}

  private static Map<String, OnnxRecipe> table() {
    Map<String, OnnxRecipe> all = new TreeMap<>();
    all.put("Reshape", ShapeRecipes::reshape);
    all.put("Squeeze", ShapeRecipes::squeeze);
    all.put("Unsqueeze", ShapeRecipes::unsqueeze);
    all.put("Flatten", ShapeRecipes::flatten);
    all.put("Transpose", ShapeRecipes::transpose);
    all.put("Expand", ShapeRecipes::expand);
    all.put("Shape", ShapeRecipes::shape);
    all.put("Size", d -> d.in(d.draw.tame(d.draw.any(), d.draw.shape(d.draw.below(4)))));
    all.put("ConstantOfShape", ShapeRecipes::constantOfShape);
    all.put("Dropout", ShapeRecipes::dropout);
    return all;
  }

  private static Tensor any(OnnxDraft d, Shape shape) {
    return d.draw.tame(d.draw.any(), shape);
  }

  private static void reshape(OnnxDraft d) {
    Shape shape = d.draw.shape(d.draw.below(5));
    List<Long> to = new ArrayList<>(shape.dims().stream().map(Dim::value).toList());
    if (to.size() > 1 && d.draw.chance(0.6)) {
      int at = d.draw.below(to.size() - 1);
      to.set(at, to.get(at) * to.remove(at + 1));
    }
    if (d.draw.chance(0.3)) {
      to.add(d.draw.below(to.size() + 1), 1L);
    }
    for (int i = 0; i < to.size(); i++) {
      boolean same = i < shape.rank() && shape.dim(i).value() == to.get(i);
      to.set(i, same && d.draw.chance(0.3) ? 0L : to.get(i));
    }
    if (!to.isEmpty() && d.draw.chance(0.5)) {
      to.set(d.draw.below(to.size()), -1L);
    }
    d.in(any(d, shape));
    d.weight(OnnxDraw.longs(to.stream().mapToLong(Long::longValue).toArray()));
    if (d.opset() >= 14 && !to.contains(-1L)) {
      d.maybe("allowzero", 0L);
    }
  }

  private static void squeeze(OnnxDraft d) {
    int rank = d.draw.from(1, 4);
    long[] sizes = d.draw.shape(rank).dims().stream().mapToLong(Dim::value).toArray();
    long[] gone = d.draw.axes(rank, d.draw.below(rank + 1));
    for (long axis : gone) {
      sizes[(int) (axis < 0 ? axis + rank : axis)] = 1;
    }
    d.in(any(d, Shape.of(sizes)));
    if (gone.length > 0 && d.draw.chance(0.7)) {
      axes(d, gone);
    }
  }

  private static void axes(OnnxDraft d, long[] axes) {
    long[] front = d.opset() < 11 ? LongStream.of(axes).map(Math::abs).distinct().toArray() : axes;
    if (d.opset() < 13) {
      d.set("axes", front);
    } else {
      d.fixed(OnnxDraw.longs(front));
    }
  }

  private static void unsqueeze(OnnxDraft d) {
    int rank = d.draw.below(4);
    int more = d.draw.from(1, 2);
    d.in(any(d, d.draw.shape(rank)));
    axes(d, d.draw.axes(rank + more, more));
  }

  private static void flatten(OnnxDraft d) {
    int rank = d.draw.below(5);
    d.in(any(d, d.draw.shape(rank)));
    if (rank != 1 || d.draw.chance(0.5)) {
      d.maybe("axis", (long) d.draw.from(d.opset() >= 11 ? -rank : 0, rank));
    }
  }

  private static void transpose(OnnxDraft d) {
    int rank = d.draw.from(1, 4);
    d.in(any(d, d.draw.shape(rank))).maybe("perm", d.draw.permutation(rank));
  }

  private static void expand(OnnxDraft d) {
    Shape wide = d.draw.shape(d.draw.below(5));
    d.in(any(d, d.draw.narrower(wide)));
    d.weight(OnnxDraw.longs(Arrays.stream(d.draw.narrower(wide).sizes()).asLongStream().toArray()));
  }

  private static void shape(OnnxDraft d) {
    d.in(any(d, d.draw.shape(d.draw.below(5))));
    if (d.opset() >= 15) {
      d.maybe("start", (long) d.draw.from(-5, 5)).maybe("end", (long) d.draw.from(-5, 5));
    }
  }

  private static void constantOfShape(OnnxDraft d) {
    long[] sizes = IntStream.range(0, d.draw.below(4)).mapToLong(i -> d.draw.size()).toArray();
    d.weight(OnnxDraw.longs(sizes));
    DType dtype = d.draw.any();
    d.maybe("value", d.draw.tame(dtype, Shape.of(1)));
  }

  private static void dropout(OnnxDraft d) {
    d.in(d.draw.tame(d.draw.floating(), d.draw.shape(d.draw.from(1, 4))));
    if (d.opset() < 12) {
      d.maybe("ratio", 0.25f);
    } else if (d.draw.chance(0.5)) {
      d.fixed(Tensor.scalar(0.25f));
    }
    d.results(d.draw.from(1, 2));
  }
}
