package dev.axiomml.interop.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.schema.OnnxSchema.FunctionProto;
import dev.axiomml.interop.onnx.schema.OnnxSchema.ModelProto;
import dev.axiomml.interop.onnx.schema.OnnxSchema.NodeProto;
import dev.axiomml.interop.onnx.schema.OnnxSchema.OperatorSetIdProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two functions of one name, told apart by their overload. */
class OverloadsTest {
  private static final Tensor X = Tensor.of(Shape.of(2), -1, 2);

  @TempDir Path folder;

  private static FunctionProto function(String overload, String operator) {
    return FunctionProto.newBuilder()
        .setDomain("own")
        .setName("Sharp")
        .setOverload(overload)
        .addInput("a")
        .addOutput("b")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(20))
        .addNode(NodeProto.newBuilder().setOpType(operator).addInput("a").addOutput("b"))
        .build();
  }

  private Path file(String called, FunctionProto... functions) throws IOException {
    Path plain =
        Nodes.of().input("x", X.type()).foreign("own", "Sharp", "y < x").write(folder, 20, "y");
    ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(plain)).toBuilder();
    model.getGraphBuilder().getNodeBuilder(0).setOverload(called);
    model.addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("own").setVersion(1));
    return Files.write(plain, model.addAllFunctions(List.of(functions)).build().toByteArray());
  }

  @Test
  void a_call_is_of_the_overload_that_it_names() throws IOException {
    FunctionProto[] both = {function("a", "Relu"), function("b", "Neg")};
    assertThat(Onnx.load(file("a", both)).predict(X)).isEqualTo(Tensor.of(Shape.of(2), 0, 2));
    assertThat(Onnx.load(file("b", both)).predict(X)).isEqualTo(Tensor.of(Shape.of(2), 1, -2));
  }

  @Test
  void two_functions_of_one_name_are_refused() throws IOException {
    Path file = file("a", function("a", "Relu"), function("a", "Neg"));
    assertThatThrownBy(() -> Onnx.load(file))
        .isInstanceOfSatisfying(
            ModelImportException.class,
            e -> {
              assertThat(e.diagnosis().what()).isEqualTo("two functions Sharp");
              assertThat(e.diagnosis().where()).isEqualTo(file.toString());
              assertThat(e.diagnosis().why()).contains("domain, name and overload");
              assertThat(e.diagnosis().fix()).contains("onnx.checker");
            });
  }
}
