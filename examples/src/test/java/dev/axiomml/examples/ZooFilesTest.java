package dev.axiomml.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.dsl.Dsl;
import dev.axiomml.dsl.zoo.Zoo;
import dev.axiomml.dsl.zoo.ZooNetwork;
import dev.axiomml.interop.onnx.Onnx;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Networks of the zoo as ONNX files: Axiom reads back what it wrote, ONNX Runtime computes the
 * same. A few every day, all of them with {@code -Daxiom.zoo=all}.
 */
class ZooFilesTest {
  private static final Set<String> EVERY_DAY =
      Set.of("resnet18", "mobilenet_v2", "mobilenet_v3_small", "squeezenet1_1", "mnasnet0_5");

  private static final int SIDE = 64;

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> networks_survive_a_file() {
    boolean all = "all".equals(System.getProperty("axiom.zoo"));
    return Zoo.all().stream()
        .filter(network -> all || EVERY_DAY.contains(network.name()))
        .map(network -> dynamicTest(network.name(), () -> check(network)));
  }

  private void check(ZooNetwork network) throws OrtException {
    int side = side(network.name());
    Tensor x = Tensor.random(Shape.of(2, side, side, 3), 17, -1, 1);
    Model<?> model = Calibrated.of(network.input(Dsl.image(side, side, 3)).classes(10).build(), x);
    Path file = folder.resolve("net.onnx");
    Onnx.save(model, file);
    Tensor wanted = model.predict(x);
    assertThat(apart(wanted.slice(0, 1), wanted.slice(1, 2)))
        .as("what the answers to two images differ by")
        .isGreaterThan(0.01 * largest(wanted));
    Model<?> again = Onnx.load(file);
    assertThat(again.signature().inputs()).isEqualTo(model.signature().inputs());
    close(again.predict(x), wanted, 1e-6, 0);
    close(elsewhere(file, x.permute(0, 3, 1, 2)), wanted, 1e-4, 1e-5);
  }

  /**
   * Inception needs 75 for its windows, and more than one place at its end. VGG's last pool is
   * uneven below 224, and its parts in a file sum in another order.
   */
  private static int side(String name) {
    return name.startsWith("vgg") ? 224 : name.startsWith("inception") ? 160 : SIDE;
  }

  /** What ONNX Runtime makes of it. */
  private static Tensor elsewhere(Path file, Tensor x) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] sizes = Arrays.stream(x.shape().sizes()).asLongStream().toArray();
    try (OrtSession session = environment.createSession(file.toString());
        OnnxTensor in =
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(x.toFloats()), sizes);
        OrtSession.Result out =
            session.run(Map.of(session.getInputNames().iterator().next(), in))) {
      FloatBuffer numbers = ((OnnxTensor) out.get(0)).getFloatBuffer();
      float[] y = new float[numbers.remaining()];
      numbers.get(y);
      return Tensor.of(Shape.of(x.shape().size(0), y.length / x.shape().size(0)), y);
    }
  }

  /** Alike up to a share of the largest number, for rounding is relative to what is summed. */
  private static void close(Tensor actual, Tensor wanted, double relative, double absolute) {
    assertThat(actual.type()).isEqualTo(wanted.type());
    assertThat(apart(actual, wanted)).isLessThanOrEqualTo(absolute + relative * largest(wanted));
  }

  private static double apart(Tensor a, Tensor b) {
    double apart = 0;
    for (int i = 0; i < a.size(); i++) {
      apart = Math.max(apart, Math.abs(a.doubleAt(i) - b.doubleAt(i)));
    }
    return apart;
  }

  private static double largest(Tensor x) {
    return Arrays.stream(x.toDoubles()).map(Math::abs).max().orElseThrow();
  }
}
