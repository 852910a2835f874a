package dev.axiomml.interop.onnx.proto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.axiomml.interop.onnx.schema.OnnxSchema;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each form has the fields of its message in {@code onnx.proto}: all of them, and no other. */
class MessageFormTest {
  private static final Map<MessageForm<?>, Descriptor> FORMS =
      Map.ofEntries(
          Map.entry(ModelProto.FORM, OnnxSchema.ModelProto.getDescriptor()),
          Map.entry(GraphProto.FORM, OnnxSchema.GraphProto.getDescriptor()),
          Map.entry(NodeProto.FORM, OnnxSchema.NodeProto.getDescriptor()),
          Map.entry(AttributeProto.FORM, OnnxSchema.AttributeProto.getDescriptor()),
          Map.entry(TensorProto.FORM, OnnxSchema.TensorProto.getDescriptor()),
          Map.entry(FunctionProto.FORM, OnnxSchema.FunctionProto.getDescriptor()),
          Map.entry(ValueInfoProto.FORM, OnnxSchema.ValueInfoProto.getDescriptor()),
          Map.entry(TypeProto.FORM, OnnxSchema.TypeProto.getDescriptor()),
          Map.entry(TypeProto.TensorType.FORM, OnnxSchema.TypeProto.Tensor.getDescriptor()),
          Map.entry(TypeProto.WrappingType.FORM, OnnxSchema.TypeProto.Sequence.getDescriptor()),
          Map.entry(TensorShapeProto.FORM, OnnxSchema.TensorShapeProto.getDescriptor()),
          Map.entry(
              TensorShapeProto.Dimension.FORM,
              OnnxSchema.TensorShapeProto.Dimension.getDescriptor()),
          Map.entry(OperatorSetIdProto.FORM, OnnxSchema.OperatorSetIdProto.getDescriptor()),
          Map.entry(StringStringEntryProto.FORM, OnnxSchema.StringStringEntryProto.getDescriptor()),
          Map.entry(SequenceProto.FORM, OnnxSchema.SequenceProto.getDescriptor()),
          Map.entry(OptionalProto.FORM, OnnxSchema.OptionalProto.getDescriptor()));

  static Stream<Map.Entry<MessageForm<?>, Descriptor>> forms() {
    return FORMS.entrySet().stream();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void a_form_has_the_fields_of_the_schema(Map.Entry<MessageForm<?>, Descriptor> pair) {
    MessageForm<?> form = pair.getKey();
    Descriptor schema = pair.getValue();
    assertThat(form.fields().stream().map(MessageFormTest::said).collect(sorted()))
        .as(form.name())
        .isEqualTo(schema.getFields().stream().map(field -> said(form, field)).collect(sorted()));
  }

  private static java.util.stream.Collector<String, ?, TreeSet<String>> sorted() {
    return Collectors.toCollection(TreeSet::new);
  }

  private static String said(MessageField field) {
    String times = field.content() == FieldContent.UNUSED ? "" : " " + field.times();
    return field.number() + " " + field.name() + " " + content(field) + times;
  }

  private static String content(MessageField field) {
    return field.inside().map(inside -> inside.get().name()).orElse(field.content().toString());
  }

  /** The same words of the schema, where the form chose to leave a field unread or in its bytes. */
  private static String said(MessageForm<?> form, FieldDescriptor field) {
    String head = field.getNumber() + " " + field.getName() + " ";
    Optional<MessageField> here = form.slot(field.getNumber()).map(form.fields()::get);
    FieldContent content = here.map(MessageField::content).orElse(FieldContent.BYTES);
    return content == FieldContent.UNUSED
        ? head + "UNUSED"
        : head + content(field, content) + " " + times(field);
  }

  private static String content(FieldDescriptor field, FieldContent chosen) {
    return switch (field.getType()) {
      case INT64, UINT64 -> "WHOLE";
      case INT32, ENUM -> "NARROW";
      case FLOAT -> "FLOAT";
      case DOUBLE -> "DOUBLE";
      case STRING -> "TEXT";
      case BYTES -> chosen == FieldContent.TEXT ? "TEXT" : "BYTES";
      case MESSAGE -> chosen == FieldContent.BYTES ? "BYTES" : form(field.getMessageType());
      default -> throw new AssertionError(field);
    };
  }

  private static String form(Descriptor message) {
    Descriptor known =
        message.equals(OnnxSchema.TypeProto.Optional.getDescriptor())
            ? OnnxSchema.TypeProto.Sequence.getDescriptor()
            : message;
    return FORMS.entrySet().stream()
        .filter(entry -> entry.getValue().equals(known))
        .map(entry -> entry.getKey().name())
        .findFirst()
        .orElse("no form of " + message.getName());
  }

  private static String times(FieldDescriptor field) {
    if (field.isRepeated()) {
      return field.isPacked() ? "PACKED" : "MANY";
    }
    return field.getContainingOneof() == null ? "ONCE" : "CHOICE";
  }
}
