package dev.axiomml.interop.onnx.proto;

import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A message of an ONNX file; immutable, equal to one with equal fields. The members of messages are
 * named as protobuf names them, after the fields of {@code onnx.proto}: a text that is not there is
 * empty, a number 0, a list empty.
 */
public abstract class OnnxMessage {
  private final FieldValues values;

  OnnxMessage(FieldValues values) {
    this.values = values;
  }

  final FieldValues values() {
    return values;
  }

  final boolean has(int field) {
    return values.of(field).isPresent();
  }

  final long whole(int field) {
    return values.of(field).map(Long.class::cast).orElse(0L);
  }

  final String text(int field) {
    return values.of(field).map(String.class::cast).orElse("");
  }

  final <T> Optional<T> value(int field, Class<T> type) {
    return values.of(field).map(type::cast);
  }

  final <M extends OnnxMessage> M message(int field, MessageForm<M> form) {
    @SuppressWarnings("unchecked") // the form says which message the field is
    Optional<M> inside = (Optional<M>) (Optional<?>) values.of(field);
    return inside.orElseGet(form::empty);
  }

  /** The values of a field that may stand many times, of what its form says. */
  final <T> List<T> list(int field) {
    @SuppressWarnings("unchecked") // the form says what the field holds
    Optional<List<T>> list = (Optional<List<T>>) (Optional<?>) values.of(field);
    return list.orElse(List.of());
  }

  /** Writes the message. */
  public final void writeTo(OutputStream out) throws IOException {
    new MessageWriter(this).write(out);
  }

  /** What kind of message it is and the SHA-256 of its bytes: the same on every machine. */
  @Override
  public final String toString() {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      writeTo(new DigestOutputStream(OutputStream.nullOutputStream(), sha));
      return getClass().getSimpleName() + " of sha-256 " + HexFormat.of().formatHex(sha.digest());
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("nothing is written, and every Java has SHA-256", e);
    }
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof OnnxMessage message && values.isSame(message.values);
  }

  @Override
  public final int hashCode() {
    return values.hash();
  }
}
