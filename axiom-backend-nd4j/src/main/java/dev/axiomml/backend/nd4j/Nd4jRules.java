package dev.axiomml.backend.nd4j;

import static java.util.Map.entry;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.linear.Conv;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.linear.MatMul;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.op.scalar.Sigmoid;
import dev.axiomml.core.op.window.AveragePool;
import dev.axiomml.core.op.window.MaxPool;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** What runs on ND4J: one row an operator, with what it takes of it. */
final class Nd4jRules {
  /** Runs a node. */
  @FunctionalInterface
  private interface Step {
    INDArray run(Node at, List<INDArray> in);
  }

  private record Row(Predicate<Node> takes, Step step) {}

  private static final Map<Class<? extends Op>, Row> TABLE =
      Map.ofEntries(
          entry(Dense.class, new Row(Nd4jRules::any, Nd4jRules::dense)),
          entry(Conv.class, new Row(Nd4jRules::planar, Nd4jRules::conv)),
          entry(
              MaxPool.class,
              new Row(
                  Nd4jRules::poolable,
                  (at, in) -> Nd4jWindows.pool("maxpool2d", at, in.get(0), 0))),
          entry(
              AveragePool.class,
              new Row(
                  Nd4jRules::poolable,
                  (at, in) -> Nd4jWindows.pool("avgpool2d", at, in.get(0), countPadding(at)))),
          entry(
              Add.class,
              new Row(Nd4jRules::any, (at, in) -> in.stream().reduce(INDArray::add).orElseThrow())),
          entry(Mul.class, new Row(Nd4jRules::any, (at, in) -> in.get(0).mul(in.get(1)))),
          entry(
              MatMul.class,
              new Row(Nd4jRules::equalLeads, (at, in) -> Nd4j.matmul(in.get(0), in.get(1)))),
          entry(
              Reshape.class,
              new Row(Nd4jRules::any, (at, in) -> in.get(0).reshape('c', sizes(at)))),
          entry(
              Permute.class,
              new Row(
                  Nd4jRules::any,
                  (at, in) -> in.get(0).permute(((Permute) at.op()).axes()).dup('c'))),
          entry(Relu.class, new Row(Nd4jRules::any, (at, in) -> Transforms.relu(in.get(0), true))),
          entry(
              Sigmoid.class,
              new Row(
                  Nd4jRules::any,
                  (at, in) -> Nd4jWindows.custom("sigmoid", in.get(0), in.get(0).shape()))),
          entry(Softmax.class, new Row(Nd4jRules::any, Nd4jRules::softmax)));

  private Nd4jRules() {}

  /** Whether the node runs on ND4J: float32, known sizes, and an operator of the table. */
  static boolean cover(Node at) {
    Row row = TABLE.get(at.op().getClass());
    boolean pair = at.op() instanceof Add || at.op() instanceof Mul;
    List<Type> in = at.inTypes();
    return row != null
        && row.takes().test(at)
        && IntStream.range(0, in.size()).allMatch(k -> isHeld(in.get(k), pair && k > 0));
  }

  /** ND4J broadcasts a single number as the second operand only. */
  private static boolean isHeld(Type type, boolean scalar) {
    return type.isTensor()
        && type.dtype() == DType.FLOAT32
        && type.shape().isFixed()
        && (scalar || type.shape().rank() > 0);
  }

  static INDArray run(Node at, List<INDArray> in) {
    return Optional.ofNullable(TABLE.get(at.op().getClass())).orElseThrow().step().run(at, in);
  }

  private static long[] sizes(Node at) {
    return Nd4jArrays.sizes(at.out().get(0).type().shape());
  }

  private static INDArray dense(Node at, List<INDArray> in) {
    int inputs = at.inTypes().get(1).shape().size(0);
    INDArray y = in.get(0).reshape('c', -1, inputs).mmul(in.get(1));
    if (in.size() == 3) {
      y.addiRowVector(in.get(2).reshape(1, y.size(1)));
    }
    return y.dup('c').reshape('c', sizes(at));
  }

  private static INDArray conv(Node at, List<INDArray> in) {
    INDArray y = Nd4jWindows.conv(at, in.get(0), in.get(1));
    return in.size() == 3 ? y.add(in.get(2).reshape(1, 1, 1, y.size(3))) : y;
  }

  private static INDArray softmax(Node at, List<INDArray> in) {
    int axis = at.out().get(0).type().shape().axis(((Softmax) at.op()).axis());
    return Nd4jWindows.custom("softmax", in.get(0), sizes(at), axis);
  }

  private static int countPadding(Node at) {
    return ((AveragePool) at.op()).countPadding() ? 1 : 0;
  }

  private static boolean any(Node at) {
    return true;
  }

  /** ND4J does not broadcast the axes before the matrices. */
  private static boolean equalLeads(Node at) {
    Shape a = at.inTypes().get(0).shape();
    Shape b = at.inTypes().get(1).shape();
    return a.sub(0, a.rank() - 2).equals(b.sub(0, b.rank() - 2));
  }

  private static boolean planar(Node at) {
    Conv conv = (Conv) at.op();
    return conv.geometry().rank() == 2
        && (conv.groups() == 1 || at.inTypes().get(1).shape().dim(-2).equals(Dim.ONE))
        && padded(conv.geometry());
  }

  /**
   * Pools of two axes whose padding is the same on both sides and whose windows are not dilated.
   */
  private static boolean poolable(Node at) {
    WindowGeometry geometry =
        at.op() instanceof MaxPool pool ? pool.geometry() : ((AveragePool) at.op()).geometry();
    boolean plain = !geometry.ceil() && geometry.dilation().stream().allMatch(d -> d == 1);
    return geometry.rank() == 2
        && plain
        && padded(geometry)
        && geometry.before().equals(geometry.after());
  }

  private static boolean padded(WindowGeometry geometry) {
    return java.util.stream.Stream.concat(geometry.before().stream(), geometry.after().stream())
        .allMatch(p -> p >= 0);
  }
}
