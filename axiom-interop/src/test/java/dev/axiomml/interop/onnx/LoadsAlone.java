package dev.axiomml.interop.onnx;

import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.schema.OnnxSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A program of its own that a test starts with another class path or heap. */
final class LoadsAlone {
  private LoadsAlone() {}

  /** {@code FILE COPY} loads, predicts and saves; {@code FILE} alone reads by generated code. */
  public static void main(String[] args) throws Exception {
    Path file = Path.of(args[0]);
    if (args.length == 1) {
      System.out.println(OnnxSchema.ModelProto.parseFrom(Files.readAllBytes(file)).getIrVersion());
      return;
    }
    Path copy = Path.of(args[1]);
    Tensor x = Tensor.of(Shape.of(2), 2, -1);
    Model<?> model = Onnx.load(file, Layout.AS_FILE);
    Onnx.save(model, copy);
    System.out.println(List.of(sum(model, x), sum(Onnx.load(copy), x)));
  }

  private static double sum(Model<?> model, Tensor x) {
    double sum = 0;
    for (double each : model.predictAll(List.of(x)).get(0).toDoubles()) {
      sum += each;
    }
    return sum;
  }
}
