package dev.axiomml.interop.onnx.proto;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The form of a message: its fields, and how it is made of their values.
 *
 * @param <M> the message
 */
final class MessageForm<M extends OnnxMessage> {
  private final String name;
  private final Function<FieldValues, M> made;
  private final List<MessageField> fields;
  private final Map<Integer, Integer> slots = new HashMap<>();

  private MessageForm(String name, Function<FieldValues, M> made, List<MessageField> fields) {
    this.name = name;
    this.made = made;
    this.fields = fields;
    for (int i = 0; i < fields.size(); i++) {
      slots.put(fields.get(i).number(), i);
    }
  }

  static <M extends OnnxMessage> MessageForm<M> of(
      String name, Function<FieldValues, M> made, MessageField... fields) {
    return new MessageForm<>(name, made, List.of(fields));
  }

  /** The message's name in the schema. */
  String name() {
    return name;
  }

  List<MessageField> fields() {
    return fields;
  }

  /** The place of a field among the fields. */
  Optional<Integer> slot(int number) {
    return Optional.ofNullable(slots.get(number));
  }

  M make(Object[] values) {
    return made.apply(new FieldValues(this, values));
  }

  /** The message of which no field is there. */
  M empty() {
    return make(new Object[0]);
  }
}
