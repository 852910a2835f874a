package dev.axiomml.backend.nd4j;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.op.linear.Conv;
import dev.axiomml.core.op.window.AveragePool;
import dev.axiomml.core.op.window.MaxPool;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.tensor.Shape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J's window operators on channels-last arrays. */
final class Nd4jWindows {
  private static final int CHANNELS_LAST = 1;

  private Nd4jWindows() {}

  /** A convolution without bias; uneven padding is put around the input first. */
  static INDArray conv(Node at, INDArray x, INDArray kernel) {
    Conv op = (Conv) at.op();
    WindowGeometry g = op.geometry();
    boolean depthwise = op.groups() > 1;
    INDArray weights = depthwise ? depthwise(op, at.inTypes().get(1).shape(), kernel) : kernel;
    INDArray y = Nd4j.create(DataType.FLOAT, Nd4jArrays.sizes(at.out().get(0).type().shape()));
    int[] settings = {
      g.kernel().get(0),
      g.kernel().get(1),
      g.stride().get(0),
      g.stride().get(1),
      0,
      0,
      g.dilation().get(0),
      g.dilation().get(1),
      0,
      CHANNELS_LAST,
      0
    };
    Nd4j.exec(
        DynamicCustomOp.builder(depthwise ? "depthwise_conv2d" : "conv2d")
            .addInputs(padded(x, g), weights)
            .addOutputs(y)
            .addIntegerArguments(settings)
            .build());
    return y;
  }

  /**
   * ND4J wants (height, width, channels, multiplier), ours is (height, width, 1, channels ·
   * multiplier).
   */
  private static INDArray depthwise(Conv op, Shape shape, INDArray kernel) {
    int inputs = op.groups() * shape.size(2);
    return kernel.reshape('c', shape.size(0), shape.size(1), inputs, shape.size(3) / inputs);
  }

  private static INDArray padded(INDArray x, WindowGeometry g) {
    if (g.before().stream().allMatch(p -> p == 0) && g.after().stream().allMatch(p -> p == 0)) {
      return x;
    }
    return Nd4j.pad(
        x,
        new int[][] {
          {0, 0},
          {g.before().get(0), g.after().get(0)},
          {g.before().get(1), g.after().get(1)},
          {0, 0}
        });
  }

  /** A pool by ND4J's name. */
  static INDArray pool(String name, Node at, INDArray x, int countPadding) {
    WindowGeometry g =
        at.op() instanceof MaxPool pool ? pool.geometry() : ((AveragePool) at.op()).geometry();
    int[] settings = {
      g.kernel().get(0),
      g.kernel().get(1),
      g.stride().get(0),
      g.stride().get(1),
      g.before().get(0),
      g.before().get(1),
      1,
      1,
      0,
      countPadding,
      CHANNELS_LAST
    };
    return custom(name, x, Nd4jArrays.sizes(at.out().get(0).type().shape()), settings);
  }

  /** An operator of one input by ND4J's name. */
  static INDArray custom(String name, INDArray x, long[] out, int... settings) {
    INDArray y = Nd4j.create(DataType.FLOAT, out);
    Nd4j.exec(
        DynamicCustomOp.builder(name)
            .addInputs(x)
            .addOutputs(y)
            .addIntegerArguments(settings)
            .build());
    return y;
  }
}
