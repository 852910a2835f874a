package dev.axiomml.cli.fuzz;

import dev.axiomml.cli.CommandRun;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.fuzz.Executed;
import dev.axiomml.verify.fuzz.FalseAnswers.At;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** {@code axiom onnx-test} on folders whose outcome is known, and {@code axiom --version}. */
final class OtherCommands {
  private static final String SET = "suite/one/test_data_set_0";

  private final At at;
  private final Random random;

  OtherCommands(At at, Random random) {
    this.at = at;
    this.random = random;
  }

  private void require(boolean right, CommandRun run, String kind) {
    at.tally().asked();
    if (!right) {
      at.found(kind, run.toString());
    }
  }

  /** Version, commit, Java and instruction set. */
  void version() {
    CommandRun run = CommandRun.of(List.of(random.nextBoolean() ? "--version" : "-V"));
    List<String> lines = run.out().lines().toList();
    boolean whole =
        lines.size() == 4
            && lines.get(0).matches("axiom \\S+")
            && lines.get(1).matches("commit \\S+")
            && lines.get(2).startsWith("Java " + System.getProperty("java.version"))
            && lines.get(3).matches("runs \\S.*");
    require(run.exit() == 0 && whole, run, "version");
  }

  /** An empty folder, a model that answers right, one that answers wrong, one that is refused. */
  void onnxTest(Path folder) {
    int kind = random.nextInt(4);
    Path root = folder.resolve("suites");
    try {
      Files.createDirectories(root.resolve(SET));
      if (kind > 0) {
        test(root, kind);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    CommandRun run = CommandRun.of(List.of("onnx-test", root.toString()));
    int expected = kind == 1 ? 0 : kind == 2 ? 1 : 2;
    require(run.exit() == expected, run, "onnx-test of kind " + kind);
    String count = "passed " + (kind == 1 ? 1 : 0) + " of " + (kind > 0 ? 1 : 0);
    require(run.out().contains(count), run, "onnx-test counts");
    require(kind > 0 || run.err().contains("nothing was tested"), run, "nothing tested");
  }

  private void test(Path root, int kind) throws IOException {
    SurfaceModel model = SurfaceModel.of(random, root.resolve("net.onnx"));
    Path file = root.resolve("suite/one/model.onnx");
    try (Executed executed = new Executed(model.model(), false)) {
      List<List<float[]>> points = model.territory(new Region.Range(-1, 1)).points(random, 2);
      List<Tensor> x = executed.tensors(executed.isSingle() ? points.subList(0, 1) : points);
      Tensor y = model.model().predictAll(x).get(0);
      float[] answer = y.toFloats();
      answer[0] += kind == 2 ? 1 + Math.abs(answer[0]) : 0;
      answer[0] = kind == 2 && Float.isNaN(answer[0]) ? 7 : answer[0];
      for (int i = 0; i < x.size(); i++) {
        Files.write(
            root.resolve(SET).resolve("input_" + i + ".pb"), proto(x.get(i), x.get(i).toFloats()));
      }
      Files.write(root.resolve(SET).resolve("output_0.pb"), proto(y, answer));
    }
    byte[] bytes = Files.readAllBytes(model.file());
    Files.write(
        file, kind == 3 ? "no model".getBytes(java.nio.charset.StandardCharsets.UTF_8) : bytes);
  }

  /** A TensorProto of float32 numbers: dims (1), data_type (2) and raw_data (9). */
  private static byte[] proto(Tensor like, float[] values) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int size : like.shape().sizes()) {
      out.write(1 << 3);
      varint(out, size);
    }
    out.write(2 << 3);
    out.write(1);
    out.write(9 << 3 | 2);
    varint(out, 4 * values.length);
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      raw.putFloat(value);
    }
    out.write(raw.array());
    return out.toByteArray();
  }

  private static void varint(ByteArrayOutputStream out, int value) {
    int left = value;
    while (left > 127) {
      out.write(left & 127 | 128);
      left >>>= 7;
    }
    out.write(left);
  }
}
