package dev.axiomml.interop.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.save.OtherRuntime;
import dev.axiomml.interop.onnx.schema.OnnxSchema.AttributeProto;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A node of {@code ai.onnx.ml} that reads one tensor.
 *
 * @param folder where its file is put
 * @param op the operator
 * @param outputs their names, with blanks between
 */
record Learned(Path folder, String op, String outputs) {
  private static final double RELATIVE = 1e-5;
  private static final double ABSOLUTE = 1e-6;

  /** Its outputs, after a comparison of all of them with ONNX Runtime's. */
  List<Tensor> run(Tensor x, AttributeProto... settings) throws OrtException {
    List<Tensor> ours = alone(x, settings);
    List<Tensor> others = OtherRuntime.run(Nodes.file(folder), List.of(x));
    for (int i = 0; i < ours.size(); i++) {
      alike(ours.get(i), others.get(i), op + " " + Arrays.toString(settings));
    }
    return ours;
  }

  /** The same without a comparison. */
  List<Tensor> alone(Tensor x, AttributeProto... settings) {
    return Nodes.of()
        .input("x", x.type())
        .learned(op, outputs + " < x", settings)
        .load(folder, outputs.split(" "))
        .predictAll(List.of(x));
  }

  private static void alike(Tensor ours, Tensor others, String what) {
    assertThat(ours.type()).as(what).isEqualTo(others.type());
    if (!ours.dtype().isFloat()) {
      assertThat(ours).as(what).isEqualTo(others);
      return;
    }
    double[] y = others.toDoubles();
    for (int i = 0; i < y.length; i++) {
      boolean special = Double.isNaN(y[i]) || Double.isInfinite(y[i]);
      assertThat(ours.doubleAt(i))
          .as("element %d of %s", i, what)
          .isCloseTo(y[i], special ? within(0.0) : within(RELATIVE * Math.abs(y[i]) + ABSOLUTE));
    }
  }
}
