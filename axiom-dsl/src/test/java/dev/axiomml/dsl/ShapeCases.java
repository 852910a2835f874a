package dev.axiomml.dsl;

import dev.axiomml.core.op.move.Pad;
import dev.axiomml.core.op.move.PadBy;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.move.SpaceToDepth;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** How the cases that move elements are driven. */
final class ShapeCases {
  static final Map<String, Function<Case, Tensor>> RULES =
      Map.ofEntries(
          Map.entry("PixelShuffle", ShapeCases::pixelShuffle),
          Map.entry("PixelUnshuffle", ShapeCases::pixelUnshuffle),
          Map.entry(
              "ChannelShuffle",
              c -> Drive.channelsFirst(c, x -> AffineCases.spatial(x).channelShuffle(3))),
          Map.entry("Flatten", ShapeCases::flatten),
          Map.entry("Unflatten", ShapeCases::unflatten),
          Map.entry("ZeroPad2d", ShapeCases::zeros),
          Map.entry("ConstantPad1d", ShapeCases::constant),
          Map.entry("ConstantPad2d", ShapeCases::constant),
          Map.entry("ReflectionPad1d", c -> repeating(c, "reflect")),
          Map.entry("ReflectionPad2d", c -> repeating(c, "reflect")),
          Map.entry("ReflectionPad3d", c -> repeating(c, "reflect")),
          Map.entry("ReplicationPad1d", c -> repeating(c, "replicate")),
          Map.entry("ReplicationPad2d", c -> repeating(c, "replicate")),
          Map.entry("ReplicationPad3d", c -> repeating(c, "replicate")),
          Map.entry("CircularPad1d", c -> repeating(c, "circular")),
          Map.entry("CircularPad2d", c -> repeating(c, "circular")),
          Map.entry("CircularPad3d", c -> repeating(c, "circular")));

  private ShapeCases() {}

  static PadBy.Mode mode(String word) {
    return switch (word) {
      case "reflect" -> PadBy.Mode.REFLECT;
      case "replicate" -> PadBy.Mode.EDGE;
      default -> PadBy.Mode.CIRCULAR;
    };
  }

  /** PyTorch flattens channels first; on a channels-first image both orders are the same. */
  private static Tensor flatten(Case c) {
    int from = c.integer("start_dim", 1);
    int to = c.integer("end_dim", c.input(0).shape().rank() - 1);
    Shape in = c.input(0).shape();
    Dim joined = in.sub(from, to + 1).volume();
    Shape out = in.sub(0, from).concat(Shape.of(joined)).concat(in.sub(to + 1, in.rank()));
    return Drive.op(c, new Reshape(out));
  }

  private static Tensor unflatten(Case c) {
    Shape in = c.input(0).shape();
    return Drive.op(c, new Reshape(in.sub(0, 1).concat(Shape.of(c.integers("unflattened_size")))));
  }

  private record Border(List<Integer> before, List<Integer> after) {}

  /** PyTorch names the last axis first. */
  private static Border border(Case c) {
    int[] each = c.integers("padding");
    int rank = c.input(0).shape().rank();
    List<Integer> before = new ArrayList<>(Collections.nCopies(rank, 0));
    List<Integer> after = new ArrayList<>(before);
    for (int i = 0; i < each.length / 2; i++) {
      before.set(rank - 1 - i, each[2 * i]);
      after.set(rank - 1 - i, each[2 * i + 1]);
    }
    return new Border(before, after);
  }

  private static Tensor zeros(Case c) {
    int[] p = c.integers("padding");
    return Drive.channelsFirst(c, x -> AffineCases.spatial(x).pad(p[2], p[3], p[0], p[1]));
  }

  private static Tensor constant(Case c) {
    Border border = border(c);
    return Drive.op(c, new Pad(border.before, border.after, c.number("value", 0)));
  }

  private static Tensor repeating(Case c, String mode) {
    Border border = border(c);
    return Drive.op(c, new PadBy(border.before, border.after, mode(mode)));
  }

  private static Tensor pixelShuffle(Case c) {
    int factor = c.integer("upscale_factor", 1);
    return Drive.channelsFirst(c, x -> ((ImageFlow) x).pixelShuffle(factor));
  }

  private static Tensor pixelUnshuffle(Case c) {
    return Drive.opLast(c, new SpaceToDepth(c.integer("downscale_factor", 1), false));
  }
}
