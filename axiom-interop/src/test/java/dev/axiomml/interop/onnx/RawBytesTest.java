package dev.axiomml.interop.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.schema.OnnxSchema.AttributeProto;
import dev.axiomml.interop.onnx.schema.OnnxSchema.TensorProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawBytesTest {
  @TempDir Path folder;

  private static Tensor counted(int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = i;
    }
    return Tensor.of(Shape.of(size), values);
  }

  private static TensorProto raw(Tensor tensor) {
    return Nodes.proto(tensor).setRawData(ByteString.copyFrom(TensorMemory.packed(tensor))).build();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1023, 1024, 1025, 50_000})
  void weights_of_any_size_are_read(int size) {
    Tensor weight = counted(size);
    Tensor zero = Tensor.of(Shape.of(1), 0);
    AttributeProto stated = AttributeProto.newBuilder().setName("value").setT(raw(weight)).build();
    Nodes nodes =
        Nodes.of()
            .input("x", zero.type())
            .weight("w", weight)
            .node("Constant", "c < ", stated)
            .node("Add", "s < w c")
            .node("Add", "y < s x");
    float[] twice = weight.toFloats();
    for (int i = 0; i < size; i++) {
      twice[i] *= 2;
    }
    assertThat(nodes.run(folder, zero).tensor().toFloats()).containsExactly(twice);
  }

  @Test
  void subgraphs_keep_their_weights_in_the_file_too() {
    Tensor weight = counted(2000);
    Nodes body = Nodes.of().weight("w", weight).node("Add", "z < x w");
    Nodes nodes =
        Nodes.of()
            .input("c", Type.of(Shape.SCALAR, DType.BOOL))
            .input("x", weight.type())
            .node(
                "If",
                "y < c",
                Nodes.graph("then_branch", body, "z"),
                Nodes.graph("else_branch", Nodes.of().node("Identity", "e < x"), "e"));
    Tensor yes = Tensor.ofIntegers(Shape.SCALAR, DType.BOOL, 1);
    assertThat(nodes.run(folder, yes, weight).tensor().toFloats()[1999]).isEqualTo(3998);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 7990, 8010, 8040})
  void a_file_cut_anywhere_is_refused(int missing) throws IOException {
    Tensor weight = counted(2000);
    Nodes nodes = Nodes.of().input("x", weight.type()).weight("w", weight).node("Add", "y < x w");
    nodes.load(folder);
    Path file = folder.resolve("test.onnx");
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - missing));
    assertThatThrownBy(() -> Onnx.load(file))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining("truncated, damaged");
  }
}
