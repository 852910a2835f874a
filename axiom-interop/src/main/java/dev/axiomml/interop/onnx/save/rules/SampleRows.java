package dev.axiomml.interop.onnx.save.rules;

import dev.axiomml.core.op.image.GridSample;
import dev.axiomml.core.op.image.PixelReading;
import dev.axiomml.core.op.image.SampleAt;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.save.node.OnnxCall;
import dev.axiomml.interop.onnx.save.node.WriteContext;
import dev.axiomml.interop.onnx.save.node.WriteRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Images read at positions: ours in pixels, ONNX's from −1 to 1 and the last axis first. */
final class SampleRows {
  private static final int VOLUMES = 20;

  /** A grid of positions in the file. */
  private record Grid(String id, Shape shape) {}

  private SampleRows() {}

  static void add(WriteRules to) {
    WriteRule.Lie first = WriteRule.Lie.CHANNELS_FIRST;
    to.put(GridSample.class, new WriteRule<>(first, SampleRows::since, SampleRows::computed));
    to.put(SampleAt.class, new WriteRule<>(first, SampleRows::since, SampleRows::known));
  }

  private static int since(Object op, List<Type> in) {
    return in.get(0).shape().rank() > 4 ? VOLUMES : WriteRule.OPSET;
  }

  private static List<String> computed(GridSample op, WriteContext at) {
    return sampled(at, new Grid(at.in(1), at.type(1).shape()), op.reading());
  }

  private static List<String> known(SampleAt op, WriteContext at) {
    Tensor positions = op.positions().to(at.dtype());
    return sampled(at, new Grid(at.own("positions", positions), positions.shape()), op.reading());
  }

  private static List<String> sampled(WriteContext at, Grid grid, PixelReading reading) {
    int axes = Math.max(2, at.rank() - 2);
    int missing = axes - (grid.shape.rank() - 2);
    if (missing < 0) {
      throw at.refuse(
          "positions " + grid.shape + " on an image " + at.shape(),
          "ONNX has at most as many axes of positions as the image has");
    }
    boolean corners = reading.border() == PixelReading.Border.MIRROR_CENTRES;
    String line = spread(at, scaled(at, grid, corners), grid);
    boolean flat = at.rank() == 3;
    String image = flat ? at.one("Unsqueeze", at.in(0), at.listed(2)) : at.in(0);
    String wide = flat ? plane(at, line, grid) : line;
    List<Integer> ones = IntStream.range(0, missing).boxed().toList();
    String full = missing == 0 ? wide : at.one("Unsqueeze", wide, behind(at, 1, ones));
    String y =
        at.one(
            OnnxCall.of("GridSample", image, full)
                .text("mode", mode(at, reading))
                .text("padding_mode", border(reading))
                .flag("align_corners", corners));
    return missing == 0 ? List.of(y) : at.answer("Squeeze", y, behind(at, 2, ones));
  }

  private static String behind(WriteContext at, int first, List<Integer> axes) {
    return at.longs(axes.stream().map(axis -> axis + first).toList());
  }

  /** {@code (2p + 1) / size − 1} for pixels as squares, {@code 2p / (size − 1) − 1} for centres. */
  private static String scaled(WriteContext at, Grid grid, boolean corners) {
    List<Dim> sizes = new ArrayList<>(at.shape().dims().subList(2, at.rank()));
    sizes.replaceAll(size -> corners ? size.plus(-1) : size);
    Collections.reverse(sizes);
    List<Integer> turned = new ArrayList<>();
    sizes.forEach(size -> turned.add(0, turned.size()));
    String last = at.one(OnnxCall.of("Gather", grid.id, at.longs(turned)).whole("axis", -1));
    String twice = at.one("Mul", last, at.number(2));
    String moved = corners ? twice : at.one("Add", twice, at.number(1));
    String steps = at.one("Div", moved, at.cast(at.sizes(sizes), at.dtype()));
    return at.one("Sub", steps, at.number(1));
  }

  /** One grid for all images is repeated. */
  private static String spread(WriteContext at, String scaled, Grid grid) {
    Dim batch = at.shape().dim(0);
    boolean shared = grid.shape.dim(0).equals(Dim.ONE) && !batch.equals(Dim.ONE);
    List<Dim> dims = new ArrayList<>(grid.shape.dims());
    dims.set(0, batch);
    return shared ? at.one("Expand", scaled, at.sizes(dims)) : scaled;
  }

  /** Positions on a line as positions on an image of one row. */
  private static String plane(WriteContext at, String line, Grid grid) {
    List<Integer> pads = new ArrayList<>(Collections.nCopies(2 * grid.shape.rank(), 0));
    pads.set(pads.size() - 1, 1);
    return at.one("Pad", line, at.longs(pads), at.number(0));
  }

  private static String mode(WriteContext at, PixelReading reading) {
    boolean newer = at.opset() >= VOLUMES;
    return switch (reading.mode()) {
      case NEAREST -> "nearest";
      case LINEAR -> newer ? "linear" : "bilinear";
      case CUBIC -> newer ? "cubic" : "bicubic";
    };
  }

  private static String border(PixelReading reading) {
    return switch (reading.border()) {
      case ZEROS -> "zeros";
      case CLAMP -> "border";
      case MIRROR_CENTRES, MIRROR_EDGES -> "reflection";
    };
  }
}
