package dev.axiomml.interop.onnx.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnknownFieldSet;
import dev.axiomml.interop.onnx.schema.OnnxSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageReaderTest {
  private interface Content {
    void to(CodedOutputStream out) throws IOException;
  }

  private static ByteBuffer bytes(Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    content.to(out);
    out.flush();
    return ByteBuffer.wrap(bytes.toByteArray());
  }

  private static TensorProto tensor(Content content) throws IOException {
    return TensorProto.parseFrom(bytes(content));
  }

  private static void refused(Content content, String what) {
    assertThatThrownBy(() -> tensor(content))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining(what);
  }

  @Test
  void numbers_are_read_one_by_one_and_in_blocks() throws IOException {
    TensorProto read =
        tensor(
            out -> {
              out.writeInt64(1, 3);
              out.writeByteArray(1, new byte[] {4, (byte) 0x80, 1});
              out.writeInt64(1, -1);
              out.writeFloat(4, 2.5f);
              out.writeDouble(10, 0.1);
            });
    assertThat(read.getDimsList()).containsExactly(3L, 4L, 128L, -1L);
    assertThat(read.getFloatDataList()).containsExactly(2.5f);
    assertThat(read.getDoubleDataList()).containsExactly(0.1);
  }

  @Test
  void a_number_of_32_bits_may_lack_its_sign_and_no_more() throws IOException {
    assertThat(tensor(out -> out.writeUInt64(5, 0xffffffffL)).getInt32DataList())
        .containsExactly(-1L);
    assertThat(tensor(out -> out.writeInt32(5, Integer.MIN_VALUE)).getInt32DataList())
        .containsExactly((long) Integer.MIN_VALUE);
    refused(out -> out.writeUInt64(5, 1L << 32), "beyond 32 bits");
    refused(out -> out.writeInt64(5, Integer.MIN_VALUE - 1L), "beyond 32 bits");
  }

  @Test
  void a_field_that_the_format_does_not_have_is_refused_by_number() {
    OnnxSchema.TensorProto strange =
        OnnxSchema.TensorProto.newBuilder()
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .addField(99, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                    .build())
            .build();
    assertThatThrownBy(() -> TensorProto.parseFrom(ByteBuffer.wrap(strange.toByteArray())))
        .isInstanceOfSatisfying(
            WireFormatException.class,
            e -> {
              assertThat(e).hasMessage("field 99 of TensorProto is not known");
              assertThat(e.why()).contains("could change what the model means");
            });
  }

  @Test
  void a_field_that_is_meant_once_stands_once() {
    refused(
        out -> {
          out.writeInt32(2, 1);
          out.writeInt32(2, 7);
        },
        "data_type of TensorProto stands beside another");
    assertThatThrownBy(
            () ->
                MessageReader.read(
                    bytes(
                        out -> {
                          out.writeInt64(1, 3);
                          out.writeString(2, "N");
                        }),
                    TensorShapeProto.Dimension.FORM))
        .hasMessageContaining("dim_param of TensorShapeProto.Dimension stands beside another");
  }

  @Test
  void lengths_are_compared_with_the_bytes_that_are_there() {
    refused(
        out -> {
          out.writeTag(9, WireReader.BLOCK);
          out.writeUInt64NoTag(Long.MAX_VALUE);
        },
        "a length of 9223372036854775807 where 0 bytes are left");
    refused(
        out -> {
          out.writeTag(9, WireReader.BLOCK);
          out.writeUInt64NoTag(-1);
        },
        "a length of 18446744073709551615 where 0 bytes are left");
    refused(out -> out.writeRawBytes(new byte[] {0x4a, (byte) 0x80}), "ends within a field");
    refused(out -> out.writeByteArray(4, new byte[] {0, 0, 0}), "ends within a field");
    refused(out -> out.writeTag(2, WireReader.VARINT), "ends within a field");
  }

  @Test
  void forms_that_protobuf_does_not_write_are_refused() {
    refused(out -> out.writeFixed64(2, 1), "data_type of TensorProto has wire type 1");
    refused(out -> out.writeTag(1, 3), "dims of TensorProto has wire type 3");
    refused(out -> out.writeTag(12, 3), "wire type 3, not used by ONNX");
    refused(out -> out.writeRawBytes(new byte[] {0, 0}), "a field of number 0");
    refused(out -> out.writeByteArray(8, new byte[] {(byte) 0xff}), "not UTF-8");
    byte[] endless = new byte[12];
    Arrays.fill(endless, (byte) 0x80);
    refused(out -> out.writeRawBytes(endless), "more than ten bytes");
  }

  @Test
  void messages_nest_as_deep_as_a_limit() throws IOException {
    OnnxSchema.TypeProto type = OnnxSchema.TypeProto.getDefaultInstance();
    for (int i = 0; i < 200; i++) {
      type =
          OnnxSchema.TypeProto.newBuilder()
              .setSequenceType(OnnxSchema.TypeProto.Sequence.newBuilder().setElemType(type))
              .build();
    }
    ByteBuffer deep = ByteBuffer.wrap(type.toByteArray());
    assertThatThrownBy(() -> MessageReader.read(deep, TypeProto.FORM))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("nested too deeply");
  }

  @Test
  void every_field_survives_being_read_and_written() throws IOException {
    OnnxSchema.TensorProto given =
        OnnxSchema.TensorProto.newBuilder()
            .addAllDims(List.of(2L, 1L << 40, -3L))
            .setDataType(7)
            .setName("größe")
            .addAllInt64Data(List.of(0L, -1L, Long.MIN_VALUE, 127L, 128L))
            .addAllInt32Data(List.of(-5, 1 << 30))
            .addAllFloatData(List.of(0f, -0f, Float.NaN, 1e-45f))
            .addAllDoubleData(List.of(Double.MIN_VALUE, -1.0))
            .addAllUint64Data(List.of(-1L))
            .addStringData(ByteString.copyFromUtf8("é∀"))
            .setRawData(ByteString.copyFrom(new byte[5000]))
            .build();
    TensorProto read = TensorProto.parseFrom(ByteBuffer.wrap(given.toByteArray()));
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    read.writeTo(written);
    assertThat(OnnxSchema.TensorProto.parseFrom(written.toByteArray())).isEqualTo(given);
    assertThat(TensorProto.parseFrom(ByteBuffer.wrap(written.toByteArray())))
        .isEqualTo(read)
        .hasSameHashCodeAs(read);
  }
}
