package dev.axiomml.interop.onnx.save;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.axiomml.core.error.ModelExportException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.model.Signature;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.image.ResizeCubic;
import dev.axiomml.core.op.image.SampleAt;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.move.SpaceToDepth;
import dev.axiomml.core.op.norm.GroupNorm;
import dev.axiomml.core.op.norm.LocalResponseNorm;
import dev.axiomml.core.op.scalar.DifferentialPolynomial;
import dev.axiomml.core.op.scalar.PiecewiseCurve;
import dev.axiomml.core.op.scalar.ShiftedSine;
import dev.axiomml.core.op.scalar.TangentPolynomial;
import dev.axiomml.core.op.scalar.WeightedPolynomial;
import dev.axiomml.core.op.window.AdaptiveAveragePool;
import dev.axiomml.core.op.window.AdaptiveMaxPool;
import dev.axiomml.core.property.OutputKind;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.layout.AxisOrders;
import dev.axiomml.interop.onnx.Onnx;
import dev.axiomml.interop.onnx.save.rules.WindowRows;
import dev.axiomml.testing.OpSamples;
import dev.axiomml.testing.OpSamples.OpSample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every operator's samples, written, and run by ONNX Runtime and by Axiom again. */
class OperatorsTest {
  private static final long SEED = 11;

  /** Where no spatial operator of the file tells the loader which axis is the channels. */
  private static final Set<Class<? extends Op>> PUT_TOGETHER =
      Set.of(
          AdaptiveAveragePool.class,
          AdaptiveMaxPool.class,
          GroupNorm.class,
          LocalResponseNorm.class,
          SampleAt.class,
          SpaceToDepth.class);

  /** Derivatives of functions of one number: ONNX has none, and none is put together yet. */
  private static final Set<Class<? extends Op>> DERIVATIVES =
      Set.of(
          DifferentialPolynomial.class,
          PiecewiseCurve.class,
          ShiftedSine.class,
          TangentPolynomial.class,
          WeightedPolynomial.class);

  @TempDir Path folder;

  /** ONNX Runtime moves a transpose behind a cubic resize and then refuses what it made. */
  @TestFactory
  Stream<DynamicTest> operators_in_their_own_order() {
    return OpSamples.all().stream()
        .filter(sample -> !(sample.op() instanceof ResizeCubic))
        .map(sample -> dynamicTest(sample.toString(), () -> check(plain(sample), sample)));
  }

  @TestFactory
  Stream<DynamicTest> operators_on_axes_that_lie_the_other_way_round() {
    return OpSamples.all().stream()
        .map(sample -> dynamicTest(sample.toString(), () -> check(reversed(sample), sample)));
  }

  @TestFactory
  Stream<DynamicTest> operators_on_images() {
    return OpSamples.all().stream()
        .filter(sample -> WindowRows.isSpatial(sample.op()) && sample.in().get(0).rank() > 2)
        .filter(sample -> !(sample.op() instanceof SampleAt)) // answers positions, no image
        .map(sample -> dynamicTest(sample.toString(), () -> image(sample)));
  }

  private void check(Model<?> model, OpSample sample) throws Exception {
    Path file = folder.resolve("op.onnx");
    if (DERIVATIVES.contains(sample.op().getClass())) {
      assertThatThrownBy(() -> Onnx.save(model, file))
          .isInstanceOf(ModelExportException.class)
          .hasMessageContaining(sample.op().title());
      return;
    }
    Onnx.save(model, file);
    List<Tensor> inputs = new ArrayList<>();
    for (int i = 0; i < model.graph().inputs().size(); i++) {
      Tensor own = sample.data(SEED).get(i);
      boolean turned = !model.graph().inputs().get(i).type().equals(own.type());
      inputs.add(turned ? own.permute(reversed(own.shape().rank())) : own);
    }
    List<Tensor> wanted = model.predictAll(inputs);
    Close.ELSEWHERE.check(OtherRuntime.run(file, inputs), wanted);
    Close.ELSEWHERE.check(Onnx.load(file, Layout.AS_FILE).predictAll(inputs), wanted);
  }

  /** The file has channels first without a transpose, and loads as the model it was. */
  private void image(OpSample sample) throws Exception {
    Model<?> model = model(sample, true, sample.graph());
    Path file = folder.resolve("op.onnx");
    Onnx.save(model, file);
    Tensor x = sample.data(SEED).get(0);
    Tensor wanted = model.predict(x);
    int rank = x.shape().rank();
    Tensor first = x.permute(ints(AxisOrders.toChannelsFirst(rank)));
    Tensor answer = OtherRuntime.run(file, List.of(first)).get(0);
    Close.ELSEWHERE.check(
        List.of(answer.permute(ints(AxisOrders.toChannelsLast(answer.shape().rank())))),
        List.of(wanted));
    Model<?> again = Onnx.load(file);
    boolean turned = again.signature().inputs().get(0).axes().contains("channels");
    assertThat(turned || PUT_TOGETHER.contains(sample.op().getClass())).isTrue();
    Close.ELSEWHERE.check(
        List.of(again.predict(turned ? x : first)), List.of(turned ? wanted : answer));
  }

  private static int[] reversed(int rank) {
    List<Integer> order = new ArrayList<>(AxisOrders.rising(rank));
    Collections.reverse(order);
    return ints(order);
  }

  private static int[] ints(List<Integer> order) {
    return order.stream().mapToInt(i -> i).toArray();
  }

  private static Model<?> plain(OpSample sample) {
    return model(sample, false, sample.graph());
  }

  private static Model<?> reversed(OpSample sample) {
    GraphBuilder builder = Graph.builder();
    List<Value> in = new ArrayList<>();
    for (int i = 0; i < sample.in().size(); i++) {
      Parameter weight = sample.weights().get(i);
      in.add(weight != null ? builder.parameter(weight) : turned(builder, i, sample.in().get(i)));
    }
    return model(sample, false, builder.build(builder.add("op", sample.op(), in)));
  }

  private static Value turned(GraphBuilder builder, int i, Shape shape) {
    int[] order = reversed(shape.rank());
    Value x = builder.input("x" + i, Type.float32(shape.permuted(order)));
    Permute back = new Permute(Arrays.stream(order).boxed().toList());
    return builder.add("turn" + i, back, List.of(x)).get(0);
  }

  private static Model<?> model(OpSample sample, boolean image, Graph graph) {
    return Model.of(
        new Signature<>(
            sample.op().title(),
            ports(graph.inputs(), image),
            ports(graph.outputs(), image),
            OutputKind.OUTPUT),
        graph);
  }

  private static List<Port> ports(List<Value> values, boolean image) {
    List<Port> ports = new ArrayList<>();
    for (Value value : values) {
      int rank = value.type().shape().rank();
      List<String> axes =
          new ArrayList<>(AxisOrders.rising(rank).stream().map(axis -> "axis" + axis).toList());
      if (image) {
        axes.set(rank - 1, "channels");
      }
      ports.add(new Port("port." + value.name(), value.type(), axes, Optional.empty()));
    }
    return ports;
  }
}
