package dev.axiomml.interop.onnx.proto;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * A field of a message, as {@code onnx.proto} has it.
 *
 * @param number its number on the wire
 * @param name its name in the schema
 * @param content its content
 * @param times how often it may stand
 * @param inside the form of a field that is a message; asked for late, since messages nest
 */
record MessageField(
    int number,
    String name,
    FieldContent content,
    Times times,
    Optional<Supplier<MessageForm<?>>> inside) {
  /** How often a field may stand in a message. */
  enum Times {
    ONCE,
    /** Once, and no other field of this kind beside it. */
    CHOICE,
    MANY,
    /** Many times, written as one block. */
    PACKED
  }

  static MessageField once(int number, String name, FieldContent content) {
    return new MessageField(number, name, content, Times.ONCE, Optional.empty());
  }

  static MessageField once(int number, String name, Supplier<MessageForm<?>> inside) {
    return message(number, name, Times.ONCE, inside);
  }

  static MessageField choice(int number, String name, FieldContent content) {
    return new MessageField(number, name, content, Times.CHOICE, Optional.empty());
  }

  static MessageField choice(int number, String name, Supplier<MessageForm<?>> inside) {
    return message(number, name, Times.CHOICE, inside);
  }

  static MessageField many(int number, String name, FieldContent content) {
    return new MessageField(number, name, content, Times.MANY, Optional.empty());
  }

  static MessageField many(int number, String name, Supplier<MessageForm<?>> inside) {
    return message(number, name, Times.MANY, inside);
  }

  static MessageField packed(int number, String name, FieldContent content) {
    return new MessageField(number, name, content, Times.PACKED, Optional.empty());
  }

  static MessageField unused(int number, String name) {
    return new MessageField(number, name, FieldContent.UNUSED, Times.MANY, Optional.empty());
  }

  private static MessageField message(
      int number, String name, Times times, Supplier<MessageForm<?>> inside) {
    return new MessageField(number, name, FieldContent.MESSAGE, times, Optional.of(inside));
  }

  boolean isList() {
    return times == Times.MANY || times == Times.PACKED;
  }
}
