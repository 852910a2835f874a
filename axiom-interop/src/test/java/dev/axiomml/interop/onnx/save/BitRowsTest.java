package dev.axiomml.interop.onnx.save;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.model.Signature;
import dev.axiomml.core.op.pair.Bits;
import dev.axiomml.core.property.OutputKind;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.Onnx;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BitRowsTest {
  private static final long[] NUMBERS = {
    0, 1, -1, 5, -6, 127, -128, Long.MAX_VALUE, Long.MIN_VALUE
  };
  private static final long[] PLACES = {0, 1, 3, 7, 31, 32, 63, 64, -1};

  @TempDir Path folder;

  private static Model<?> shift(Bits.Kind kind, DType dtype) {
    GraphBuilder to = Graph.builder();
    Value x = to.input("x", Type.of(Shape.of(9, 1), dtype));
    Value by = to.input("by", Type.of(Shape.of(9), dtype));
    Graph graph = to.build(to.add("shift", new Bits(kind), List.of(x, by)));
    List<Port> inputs = graph.inputs().stream().map(BitRowsTest::port).toList();
    List<Port> outputs = graph.outputs().stream().map(BitRowsTest::port).toList();
    return Model.of(new Signature<>("shift", inputs, outputs, OutputKind.OUTPUT), graph);
  }

  private static Port port(Value value) {
    List<String> axes = List.of("row", "column").subList(2 - value.type().shape().rank(), 2);
    return new Port(value.name(), value.type(), axes, Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "SHIFT_LEFT, INT64",
    "SHIFT_LEFT, INT32",
    "SHIFT_LEFT, INT8",
    "SHIFT_RIGHT, INT64",
    "SHIFT_RIGHT, INT32",
    "SHIFT_RIGHT, INT8"
  })
  void numbers_with_a_sign_are_shifted_by_any_number_of_places(Bits.Kind kind, DType dtype)
      throws Exception {
    Model<?> model = shift(kind, dtype);
    Path file = folder.resolve("shift.onnx");
    Onnx.save(model, file);
    Tensor x = Tensor.ofLongs(Shape.of(9, 1), NUMBERS).to(dtype);
    Tensor by = Tensor.ofLongs(Shape.of(9), PLACES).to(dtype);
    List<Tensor> wanted = model.predictAll(List.of(x, by));
    assertThat(OtherRuntime.run(file, List.of(x, by))).isEqualTo(wanted);
    assertThat(Onnx.load(file).predictAll(List.of(x, by))).isEqualTo(wanted);
  }
}
