package dev.axiomml.interop.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.file.OnnxElementTypes;
import dev.axiomml.interop.onnx.schema.OnnxSchema.StringStringEntryProto;
import dev.axiomml.interop.onnx.schema.OnnxSchema.TensorProto;
import dev.axiomml.interop.onnx.schema.OnnxSchema.TensorProto.DataLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A tensor whose sizes, elements and places disagree is refused before memory is taken for it. */
class StoredTensorsTest {
  private static final ByteString SIXTEEN = ByteString.copyFrom(new byte[16]);

  @TempDir Path folder;

  private static TensorProto.Builder floats(long... dims) {
    TensorProto.Builder proto =
        TensorProto.newBuilder().setName("w").setDataType(OnnxElementTypes.number(DType.FLOAT32));
    for (long dim : dims) {
      proto.addDims(dim);
    }
    return proto;
  }

  private void refused(TensorProto.Builder weight, String what, String why) {
    Path file =
        Nodes.of()
            .input("x", Tensor.of(Shape.of(4), 0, 0, 0, 0).type())
            .weight(weight.build())
            .node("Add", "y < x w")
            .write(folder, 20);
    assertThatThrownBy(() -> Onnx.load(file))
        .isInstanceOfSatisfying(
            ModelImportException.class,
            e -> {
              assertThat(e.diagnosis().what()).contains("tensor w: ", what);
              assertThat(e.diagnosis().where()).isEqualTo(file.toString());
              assertThat(e.diagnosis().why()).contains(why);
              assertThat(e.diagnosis().fix()).isEqualTo("export the model again");
            });
  }

  @Test
  void bytes_that_are_too_few_or_too_many() {
    refused(floats(5).setRawData(SIXTEEN), "16 bytes for dims [5]", "dims and bytes must agree");
    refused(floats(3).setRawData(SIXTEEN), "16 bytes for dims [3]", "dims and bytes must agree");
    refused(floats(4).setRawData(ByteString.EMPTY), "0 bytes", "dims and bytes must agree");
  }

  @ParameterizedTest
  @CsvSource({"-1, 4", "2147483648, 1", "65536, 65536", "0, 4611686018427387904", "4, -9"})
  void sizes_that_no_tensor_has(long a, long b) {
    refused(floats(a, b).setRawData(SIXTEEN), "dims [" + a + ", " + b, "less than 2³¹ elements");
  }

  @Test
  void elements_that_are_too_few_in_their_list() {
    refused(floats(4).addFloatData(1), "1 elements listed for dims [4]", "4 are needed");
    refused(floats(4), "0 elements listed", "4 are needed");
  }

  @Test
  void elements_in_two_places_or_in_the_list_of_another_type() {
    String why = "one place of one type holds all elements";
    refused(floats(4).setRawData(SIXTEEN).addFloatData(1), "elements in [float_data]", why);
    refused(floats(1).addFloatData(1).addInt64Data(1), "elements in [int64_data]", why);
    refused(floats(1).addDoubleData(1), "elements in [double_data]", why);
    refused(
        floats(4).setRawData(SIXTEEN).setSegment(TensorProto.Segment.newBuilder().setEnd(4)),
        "a segment",
        why);
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  private TensorProto.Builder outside(String offset, String length) throws IOException {
    Files.write(folder.resolve("w.bin"), new byte[20]);
    return floats(4)
        .setDataLocation(DataLocation.EXTERNAL)
        .addExternalData(entry("location", "w.bin"))
        .addExternalData(entry("offset", offset))
        .addExternalData(entry("length", length));
  }

  @ParameterizedTest
  @CsvSource({"8, 16", "0, 20", "0, 12", "999999999999999999, 16", "20, 16"})
  void places_outside_of_the_file_beside(String offset, String length) throws IOException {
    refused(
        outside(offset, length),
        length + " bytes at " + offset + " of w.bin (20 bytes)",
        "dims, length and the file must agree: 16 bytes");
  }

  @Test
  void a_place_in_the_file_beside_and_elements_here() throws IOException {
    refused(
        outside("4", "16").setRawData(SIXTEEN), "elements in [raw_data]", "one place of one type");
  }

  @Test
  void a_declared_size_that_no_tensor_has() {
    Path file =
        Nodes.of()
            .input("x", Type.float32(Shape.of(1, 1L << 40)))
            .node("Relu", "y < x")
            .write(folder, 20);
    assertThatThrownBy(() -> Onnx.load(file))
        .isInstanceOfSatisfying(
            ModelImportException.class,
            e -> {
              assertThat(e.diagnosis().what()).isEqualTo("size 1099511627776 of x");
              assertThat(e.diagnosis().where()).isEqualTo(file.toString());
              assertThat(e.diagnosis().why()).contains("less than 2³¹ elements");
              assertThat(e.diagnosis().fix()).isEqualTo("export the model again");
            });
  }
}
