package dev.axiomml.interop.onnx.proto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.axiomml.interop.onnx.schema.OnnxSchema;
import dev.axiomml.testing.Needs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every file of the corpus is read and written as protobuf-java reads it. */
class CorpusMessagesTest {
  @Test
  void models_are_read_as_protobuf_reads_them() throws IOException {
    List<Path> files = files(".onnx");
    assertThat(files).hasSizeGreaterThan(1000);
    files.forEach(CorpusMessagesTest::isSame);
  }

  private static List<Path> files(String end) throws IOException {
    try (Stream<Path> all = Files.walk(Needs.shared("corpus/onnx"))) {
      return all.filter(file -> file.toString().endsWith(end)).toList();
    }
  }

  private static void isSame(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      ByteArrayOutputStream written = new ByteArrayOutputStream();
      ModelProto.parseFrom(ByteBuffer.wrap(bytes)).writeTo(written);
      Message whole = OnnxSchema.ModelProto.parseFrom(bytes);
      assertThat(OnnxSchema.ModelProto.parseFrom(written.toByteArray()))
          .as(file.toString())
          .isEqualTo(used(whole, ModelProto.FORM));
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  /** A message without the fields that its form leaves out. */
  private static Message used(Message message, MessageForm<?> form) {
    Message.Builder used = message.toBuilder();
    for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
      FieldDescriptor schema = entry.getKey();
      MessageField field = form.fields().get(form.slot(schema.getNumber()).orElseThrow());
      if (field.content() == FieldContent.UNUSED) {
        used.clearField(schema);
      } else if (field.inside().isPresent()) {
        MessageForm<?> inside = field.inside().get().get();
        Object value = entry.getValue();
        used.setField(
            schema,
            value instanceof List<?> list
                ? list.stream().map(each -> used((Message) each, inside)).toList()
                : used((Message) value, inside));
      }
    }
    return used.build();
  }
}
