package dev.axiomml.interop.onnx;

import static dev.axiomml.interop.onnx.Nodes.graph;
import static dev.axiomml.interop.onnx.Nodes.whole;
import static dev.axiomml.interop.onnx.Nodes.wholes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.save.OtherRuntime;
import dev.axiomml.interop.onnx.schema.OnnxSchema.AttributeProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running sum over 2 samples of 3 steps with 2 features, as opset 8 has it. */
class FlowRulesTest {
  private static final Tensor FIRST = Tensor.of(Shape.of(2, 2), 0, 1, 10, 11);
  private static final Tensor X =
      Tensor.of(Shape.of(2, 3, 2), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);

  @TempDir Path folder;

  private Model<?> scan(Shape x, String lengths, AttributeProto... settings) {
    Type feature = Type.float32(Shape.of(2));
    Nodes body =
        Nodes.of()
            .input("s", feature)
            .input("e", feature)
            .node("Add", "t < s e")
            .node("Identity", "u < t");
    List<AttributeProto> all = new ArrayList<>(List.of(settings));
    all.add(graph("body", body, "t", "u"));
    Nodes nodes =
        Nodes.of()
            .input("first", FIRST.type())
            .input("x", Type.float32(x))
            .weight("lengths", Tensor.ofLongs(Shape.of(2), 3, 2))
            .node("Scan", "y z < " + lengths + " first x", all.toArray(AttributeProto[]::new));
    return Onnx.load(nodes.write(folder, 8, "y", "z"), Layout.AS_FILE);
  }

  @Test
  void each_sample_is_scanned_by_itself() throws Exception {
    AttributeProto one = whole("num_scan_inputs", 1);
    List<Tensor> out = scan(X.shape(), "", one).predictAll(List.of(FIRST, X));
    assertThat(out.get(0)).isEqualTo(Tensor.of(Shape.of(2, 2), 9, 13, 37, 41));
    assertThat(out.get(1))
        .isEqualTo(Tensor.of(Shape.of(2, 3, 2), 1, 3, 4, 7, 9, 13, 17, 19, 26, 29, 37, 41));
    assertThat(OtherRuntime.run(Nodes.file(folder), List.of(FIRST, X))).isEqualTo(out);
  }

  @Test
  void it_may_go_from_the_last_step_to_the_first() throws Exception {
    AttributeProto back = wholes("directions", 1);
    List<Tensor> out =
        scan(X.shape(), "", whole("num_scan_inputs", 1), back).predictAll(List.of(FIRST, X));
    assertThat(OtherRuntime.run(Nodes.file(folder), List.of(FIRST, X))).isEqualTo(out);
  }

  @Test
  void what_does_not_fit_is_named() {
    AttributeProto one = whole("num_scan_inputs", 1);
    assertThatThrownBy(() -> scan(X.shape(), "lengths", one))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining("sequence_lens of 2");
    assertThatThrownBy(() -> scan(X.shape(), "", whole("num_scan_inputs", 7)))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining("num_scan_inputs 7");
    assertThatThrownBy(() -> scan(X.shape(), "", one, wholes("directions", 0, 1)))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining("directions of 2");
  }
}
