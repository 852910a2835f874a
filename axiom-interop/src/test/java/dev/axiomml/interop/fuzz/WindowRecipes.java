package dev.axiomml.interop.fuzz;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** Convolutions, pooling and other functions of windows and pixels. */
final class WindowRecipes {
  static final Map<String, OnnxRecipe> TABLE = table();

  private WindowRecipes() {}

  private static Map<String, OnnxRecipe> table() {
    Map<String, OnnxRecipe> all = new TreeMap<>();
    all.put("Conv", WindowRecipes::conv);
    all.put("ConvTranspose", WindowRecipes::convTranspose);
    all.put("ConvInteger", WindowRecipes::convInteger);
    List.of("MaxPool", "AveragePool", "LpPool").forEach(op -> all.put(op, WindowRecipes::pool));
    List.of("GlobalMaxPool", "GlobalAveragePool", "GlobalLpPool")
        .forEach(op -> all.put(op, WindowRecipes::global));
    all.put("DepthToSpace", WindowRecipes::depthToSpace);
    all.put("SpaceToDepth", WindowRecipes::spaceToDepth);
    all.put("MaxUnpool", WindowRecipes::unpool);
    return all;
  }

  private static Shape image(OnnxDraft d, int axes, long channels) {
    long[] sizes = LongStream.range(0, axes).map(i -> d.draw.from(3, 7)).toArray();
    return Shape.of(d.draw.chance(0.04) ? 0 : d.draw.from(1, 3), channels).concat(Shape.of(sizes));
  }

  private static long[] many(OnnxDraft d, int count, int low, int high) {
    return LongStream.range(0, count).map(i -> d.draw.from(low, high)).toArray();
  }

  private static void borders(OnnxDraft d, int axes, int most) {
    String auto = d.draw.pick("NOTSET", "SAME_UPPER", "SAME_LOWER", "VALID");
    if (d.draw.chance(0.3)) {
      d.set("auto_pad", auto);
    } else {
      d.maybe("pads", many(d, 2 * axes, 0, most));
    }
  }

  private static void conv(OnnxDraft d) {
    int axes = d.draw.pick(1, 2, 2, 2, 3);
    int group = d.draw.pick(1, 1, 2, 3);
    long in = (long) group * d.draw.from(1, 2);
    long out = (long) group * d.draw.from(1, 2);
    DType dtype = DType.FLOAT32;
    long[] kernel = many(d, axes, 1, 3);
    d.in(d.draw.tame(dtype, image(d, axes, in)));
    d.weight(d.draw.tame(dtype, Shape.of(out, in / group).concat(Shape.of(kernel))));
    bias(d, out);
    d.maybe("kernel_shape", kernel).maybe("strides", many(d, axes, 1, 3));
    if (group > 1 || d.draw.chance(0.3)) {
      d.set("group", (long) group);
    }
    borders(d, axes, 2);
    if (!d.settings().containsKey("auto_pad")) {
      d.maybe("dilations", many(d, axes, 1, 2));
    }
  }

  private static void bias(OnnxDraft d, long out) {
    if (d.draw.chance(0.5)) {
      d.weight(d.draw.tame(DType.FLOAT32, Shape.of(out)));
    }
  }

  private static void convTranspose(OnnxDraft d) {
    int axes = d.draw.pick(1, 2, 2, 3);
    int group = d.draw.pick(1, 1, 2);
    long in = (long) group * d.draw.from(1, 2);
    long out = (long) group * d.draw.from(1, 2);
    long[] kernel = many(d, axes, 1, 3);
    long[] strides = many(d, axes, 1, 3);
    d.in(d.draw.tame(DType.FLOAT32, image(d, axes, in)));
    d.weight(d.draw.tame(DType.FLOAT32, Shape.of(in, out / group).concat(Shape.of(kernel))));
    bias(d, out);
    d.maybe("kernel_shape", kernel).set("strides", strides);
    if (group > 1) {
      d.set("group", (long) group);
    }
    if (d.draw.chance(0.25)) {
      d.set("auto_pad", d.draw.pick("SAME_UPPER", "SAME_LOWER", "VALID"));
    } else {
      d.maybe("pads", many(d, 2 * axes, 0, 1)).maybe("dilations", many(d, axes, 1, 2));
    }
    if (d.draw.chance(0.3)) {
      d.set("output_padding", LongStream.of(strides).map(s -> s - 1).toArray());
    } else if (d.draw.chance(0.3)) {
      d.set("output_shape", many(d, axes, 5, 12));
    }
  }

  private static void convInteger(OnnxDraft d) {
    DType dtype = DType.UINT8;
    DType weights = d.draw.pick(DType.UINT8, DType.INT8);
    d.in(d.draw.tame(dtype, image(d, 2, 2)));
    d.weight(d.draw.tame(weights, Shape.of(d.draw.from(1, 3), 2, 2, 2)));
    if (d.draw.chance(0.5)) {
      d.weight(OnnxDraw.scalar(dtype, d.draw.from(0, 5)));
      if (d.draw.chance(0.5)) {
        d.weight(OnnxDraw.scalar(weights, d.draw.from(0, 5)));
      }
    }
    d.maybe("strides", many(d, 2, 1, 2)).maybe("pads", many(d, 4, 0, 1));
  }

  private static void pool(OnnxDraft d) {
    int axes = d.draw.pick(1, 2, 2, 2, 3);
    long[] kernel = many(d, axes, 1, 3);
    d.in(d.draw.tame(DType.FLOAT32, image(d, axes, d.draw.from(1, 2))));
    d.set("kernel_shape", kernel).maybe("strides", many(d, axes, 1, 3));
    borders(d, axes, 1);
    if (d.settings().containsKey("pads")) {
      long[] pads = (long[]) d.settings().get("pads");
      for (int i = 0; i < pads.length; i++) {
        pads[i] = Math.min(pads[i], kernel[i % axes] - 1);
      }
    }
    more(d, axes);
  }

  private static void more(OnnxDraft d, int axes) {
    boolean max = d.op().equals("MaxPool");
    boolean lp = d.op().equals("LpPool");
    if (d.opset() >= (max || !lp ? 10 : 18)) {
      d.maybe("ceil_mode", (long) d.draw.below(2));
    }
    if (d.opset() >= (max ? 10 : lp ? 18 : 19) && d.draw.chance(0.4)) {
      d.set("dilations", many(d, axes, 1, 2));
    }
    if (lp) {
      d.maybe("p", (long) d.draw.from(1, 3));
    } else if (max) {
      d.results(d.opset() >= 8 && d.draw.chance(0.3) ? 2 : 1);
    } else {
      d.maybe("count_include_pad", (long) d.draw.below(2));
    }
  }

  private static void global(OnnxDraft d) {
    d.in(d.draw.tame(DType.FLOAT32, image(d, d.draw.from(1, 3), d.draw.from(1, 3))));
    if (d.op().equals("GlobalLpPool")) {
      d.maybe("p", (long) d.draw.from(1, 3));
    }
  }

  private static void depthToSpace(OnnxDraft d) {
    long block = d.draw.from(1, 3);
    Shape image = image(d, 2, block * block * d.draw.from(1, 2));
    d.in(d.draw.tame(DType.FLOAT32, image)).set("blocksize", block);
    if (d.opset() >= 11) {
      d.maybe("mode", d.draw.pick("DCR", "CRD"));
    }
  }

  private static void spaceToDepth(OnnxDraft d) {
    long block = d.draw.from(1, 3);
    Shape image = image(d, 2, 2).with(2, Dim.of(block * 2)).with(3, Dim.of(block));
    d.in(d.draw.tame(DType.FLOAT32, image)).set("blocksize", block);
  }

  private static void unpool(OnnxDraft d) {
    Shape shape = Shape.of(1, 1, 2, 2);
    d.in(d.draw.tame(DType.FLOAT32, shape));
    d.in(Tensor.ofLongs(shape, d.draw.below(2), 2L + d.draw.below(2), 8, 10L + d.draw.below(2)));
    d.set("kernel_shape", new long[] {2, 2}).set("strides", new long[] {2, 2});
  }
}
