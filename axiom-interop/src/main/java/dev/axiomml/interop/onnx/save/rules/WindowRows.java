package dev.axiomml.interop.onnx.save.rules;

import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.linear.Conv;
import dev.axiomml.core.op.linear.ConvTranspose;
import dev.axiomml.core.op.move.DepthToSpace;
import dev.axiomml.core.op.move.SpaceToDepth;
import dev.axiomml.core.op.window.AveragePool;
import dev.axiomml.core.op.window.MaxPool;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.onnx.save.node.OnnxCall;
import dev.axiomml.interop.onnx.save.node.WriteContext;
import dev.axiomml.interop.onnx.save.node.WriteRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Convolutions, pools and moves between channels and pixels, on (N, C, spatial…). */
public final class WindowRows {
  private static final int DILATED_MEAN = 19;

  private WindowRows() {}

  static void add(WriteRules to) {
    to.spatial(Conv.class, WindowRows::conv);
    to.spatial(ConvTranspose.class, WindowRows::transposed);
    to.spatial(MaxPool.class, (op, at) -> maxPool(at, at.in(0), op.geometry()));
    to.put(
        AveragePool.class,
        new WriteRule<>(
            WriteRule.Lie.CHANNELS_FIRST, (op, in) -> since(op), WindowRows::averagePool));
    to.spatial(DepthToSpace.class, WindowRows::depthToSpace);
    to.spatial(SpaceToDepth.class, WindowRows::spaceToDepth);
  }

  private static OnnxCall windows(OnnxCall call, WindowGeometry geometry) {
    return call.wholes("kernel_shape", geometry.kernel())
        .wholes("strides", geometry.stride())
        .wholes("pads", WindowFrames.pads(geometry));
  }

  private static OnnxCall convolution(OnnxCall call, WindowGeometry geometry, int groups) {
    return windows(call, geometry).wholes("dilations", geometry.dilation()).whole("group", groups);
  }

  /** With the bias as third operand, if there is one. */
  private static OnnxCall biased(String type, WriteContext at, String x, String kernel) {
    return at.has(2) ? OnnxCall.of(type, x, kernel, at.in(2)) : OnnxCall.of(type, x, kernel);
  }

  /** The kernel's two last axes in a stated order, then its windows. */
  private static int[] order(int rank, int first, int second) {
    return IntStream.concat(IntStream.of(first, second), IntStream.range(0, rank - 2)).toArray();
  }

  private static List<String> conv(Conv op, WriteContext at) {
    int rank = at.rank();
    WindowGeometry geometry = op.geometry();
    String x = WindowFrames.cropped(at, at.in(0), geometry);
    OnnxCall call = biased("Conv", at, x, at.turned(1, order(rank, rank - 1, rank - 2)));
    return at.answer(convolution(call, geometry, op.groups()));
  }

  private static List<String> transposed(ConvTranspose op, WriteContext at) {
    WindowGeometry geometry = op.geometry();
    int rank = at.rank();
    boolean grows = WindowFrames.crops(geometry);
    String kernel = at.turned(1, order(rank, rank - 2, rank - 1));
    OnnxCall call =
        grows
            ? OnnxCall.of("ConvTranspose", at.in(0), kernel)
            : biased("ConvTranspose", at, at.in(0), kernel);
    String y =
        at.one(
            convolution(call, geometry, op.groups()).wholes("output_padding", op.outputPadding()));
    return List.of(grows ? grown(op, at, y) : y);
  }

  /** Negative padding adds a border to which no input reaches, the bias alone. */
  private static String grown(ConvTranspose op, WriteContext at, String y) {
    String wide = WindowFrames.padded(at, y, WindowFrames.negated(op.geometry()), at.number(0));
    List<Integer> column = new ArrayList<>(Collections.nCopies(at.rank() - 1, 1));
    column.set(0, -1);
    return at.has(2) ? at.one("Add", wide, at.one("Reshape", at.in(2), at.longs(column))) : wide;
  }

  /** Padding as wide as a window is put there by a node of its own. */
  private static List<String> maxPool(WriteContext at, String value, WindowGeometry stated) {
    if (WindowFrames.isWhole(stated, at.shape())) {
      return at.answer("GlobalMaxPool", value);
    }
    WindowGeometry geometry = WindowFrames.floored(stated, at.shape());
    String x = WindowFrames.cropped(at, value, geometry);
    if (WindowFrames.isWide(geometry)) {
      String lowest = at.number(Double.NEGATIVE_INFINITY);
      x = WindowFrames.padded(at, x, geometry, lowest);
      geometry = WindowFrames.bare(geometry);
    }
    return at.answer(
        windows(OnnxCall.of("MaxPool", x), geometry)
            .wholes("dilations", geometry.dilation())
            .flag("ceil_mode", geometry.ceil()));
  }

  private static int since(AveragePool op) {
    return dilated(op.geometry()) ? DILATED_MEAN : WriteRule.OPSET;
  }

  private static boolean dilated(WindowGeometry geometry) {
    return geometry.dilation().stream().anyMatch(d -> d != 1);
  }

  /**
   * What lies beyond the padding never counts: where padding does, it becomes part of the value and
   * what lies beyond it the padding.
   */
  private static List<String> averagePool(AveragePool op, WriteContext at) {
    WindowGeometry stated = op.geometry();
    if (WindowFrames.isWhole(stated, at.shape())) {
      return at.answer("GlobalAveragePool", at.in(0));
    }
    WindowGeometry geometry = WindowFrames.floored(stated, at.shape());
    String x = WindowFrames.cropped(at, at.in(0), geometry);
    boolean counts = op.countPadding();
    if (counts && stated.ceil()) {
      x = WindowFrames.padded(at, x, stated, at.number(0));
      geometry = WindowFrames.beyond(stated, geometry);
      counts = false;
    }
    OnnxCall pool =
        windows(OnnxCall.of("AveragePool", x), geometry)
            .flag("count_include_pad", counts)
            .flag("ceil_mode", geometry.ceil());
    return at.answer(dilated(geometry) ? pool.wholes("dilations", geometry.dilation()) : pool);
  }

  private static List<String> depthToSpace(DepthToSpace op, WriteContext at) {
    return at.answer(
        OnnxCall.of("DepthToSpace", at.in(0))
            .whole("blocksize", op.block())
            .text("mode", op.outer() ? "DCR" : "CRD"));
  }

  private static List<String> spaceToDepth(SpaceToDepth op, WriteContext at) {
    int b = op.block();
    if (op.outer()) {
      return at.answer(OnnxCall.of("SpaceToDepth", at.in(0)).whole("blocksize", b));
    }
    Shape shape = at.shape();
    Dim h = shape.dim(2).floorDiv(b);
    Dim w = shape.dim(3).floorDiv(b);
    Dim side = Dim.of(b);
    List<Dim> squares = List.of(shape.dim(0), shape.dim(1), h, side, w, side);
    String cut = at.one("Reshape", at.in(0), at.sizes(squares));
    String turned = at.one(OnnxCall.of("Transpose", cut).wholes("perm", List.of(0, 1, 3, 5, 2, 4)));
    List<Dim> packed = List.of(shape.dim(0), shape.dim(1).times((long) b * b), h, w);
    return at.answer("Reshape", turned, at.sizes(packed));
  }

  /** Whether an operator says that axis 1 of its operand in the file is the channels. */
  public static boolean isSpatial(Op op) {
    return WriteRules.of(op).filter(row -> row.lie() == WriteRule.Lie.CHANNELS_FIRST).isPresent();
  }
}
