package dev.axiomml.cli;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.op.scalar.Log;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.Onnx;
import dev.axiomml.testing.Nets;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** A folder with small models and queries that tests write. */
record VnnFolder(Path path) {
  /** That both inputs are in [0, 1]. */
  static final String UNIT =
      """
      (declare-const X_0 Real)
      (declare-const X_1 Real)
      (declare-const Y_0 Real)
      (declare-const Y_1 Real)
      (assert (>= X_0 0.0))
      (assert (<= X_0 1.0))
      (assert (>= X_1 0.0))
      (assert (<= X_1 1.0))
      """;

  /** {@code y = (|x0 − x1|, x0 − x1)}, by two rectifiers. */
  String distance() {
    Tensor differences = Tensor.of(Shape.of(2, 2), 1, -1, -1, 1);
    Tensor sums = Tensor.of(Shape.of(2, 2), 1, 1, 1, -1);
    Tensor none = Tensor.zeros(Shape.of(2));
    return model(
        "distance", Nets.from(2).dense(differences, none).relu().dense(sums, none).model());
  }

  /** {@code y = log x}, which is NaN below zero. */
  String logarithm() {
    return model("log", Nets.from(2).then("log", new Log()).model());
  }

  String model(String name, Model<?> model) {
    Path file = path.resolve(name + ".onnx");
    Onnx.save(model, file);
    return file.toString();
  }

  String query(String name, String text) throws IOException {
    return Files.writeString(path.resolve(name + ".vnnlib"), text).toString();
  }

  /** The same file packed by gzip. */
  String packed(String file) throws IOException {
    Path packed = Path.of(file + ".gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(Path.of(file), out);
    }
    return packed.toString();
  }

  String file(String name) {
    return path.resolve(name).toString();
  }
}
