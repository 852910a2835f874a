package dev.axiomml.interop.onnx.proto;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reads messages. A field that the form does not have, one of another wire type, and one that
 * stands twice where one is meant are refused: nothing of a file is dropped but what the form names
 * as unused.
 */
final class MessageReader {
  private static final int DEPTH = 200;
  private static final int LARGE = 4096;

  private final MessageForm<?> form;
  private final int depth;
  private final Object[] values;
  private boolean chosen;

  private MessageReader(MessageForm<?> form, int depth) {
    this.form = form;
    this.depth = depth;
    this.values = new Object[form.fields().size()];
  }

  /** The message of all bytes; its blocks of bytes stay in them. */
  static <M extends OnnxMessage> M read(ByteBuffer bytes, MessageForm<M> form)
      throws WireFormatException {
    return read(bytes, form, 0);
  }

  private static <M extends OnnxMessage> M read(ByteBuffer bytes, MessageForm<M> form, int depth)
      throws WireFormatException {
    if (depth > DEPTH) {
      throw WireFormatException.damaged("messages are nested too deeply");
    }
    if (!bytes.hasRemaining()) {
      return form.empty();
    }
    return form.make(new MessageReader(form, depth).values(new WireReader(bytes)));
  }

  private Object[] values(WireReader in) throws WireFormatException {
    while (!in.atEnd()) {
      int tag = in.tag();
      int number = WireReader.number(tag);
      Integer slot =
          form.slot(number)
              .orElseThrow(
                  () ->
                      WireFormatException.notKnown(
                          "field %d of %s is not known".formatted(number, form.name())));
      MessageField field = form.fields().get(slot);
      if (field.content() == FieldContent.UNUSED) {
        in.skip(WireReader.type(tag));
      } else if (field.isList()) {
        append(slot, field, WireReader.type(tag), in);
      } else {
        put(slot, field, WireReader.type(tag), in);
      }
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = finished(values[i]);
    }
    return values;
  }

  private static Object finished(Object value) {
    if (value instanceof NumberGatherer numbers) {
      return numbers.list();
    }
    if (value instanceof ArrayList<?> list) {
      list.trimToSize();
      return Collections.unmodifiableList(list);
    }
    return value;
  }

  private void put(int slot, MessageField field, int type, WireReader in)
      throws WireFormatException {
    boolean again = values[slot] != null || (field.times() == MessageField.Times.CHOICE && chosen);
    if (again) {
      throw WireFormatException.damaged(
          "%s of %s stands beside another".formatted(field.name(), form.name()));
    }
    chosen |= field.times() == MessageField.Times.CHOICE;
    require(type == field.content().wire(), field, type);
    values[slot] = one(field, in);
  }

  private void append(int slot, MessageField field, int type, WireReader in)
      throws WireFormatException {
    boolean packed = field.content().packs() && type == WireReader.BLOCK;
    require(packed || type == field.content().wire(), field, type);
    if (field.content().packs()) {
      if (values[slot] == null) {
        values[slot] = new NumberGatherer(field);
      }
      NumberGatherer numbers = (NumberGatherer) values[slot];
      if (packed) {
        numbers.addBlock(in.block());
      } else {
        numbers.add(in);
      }
      return;
    }
    if (values[slot] == null) {
      values[slot] = new ArrayList<Object>(1);
    }
    @SuppressWarnings("unchecked") // put there above
    List<Object> list = (List<Object>) values[slot];
    list.add(one(field, in));
  }

  private void require(boolean fits, MessageField field, int type) throws WireFormatException {
    if (!fits) {
      throw WireFormatException.damaged(
          "%s of %s has wire type %d".formatted(field.name(), form.name(), type));
    }
  }

  /** Large blocks stay in the file; a small one is copied, which is cheaper than a window on it. */
  private static ByteBuffer kept(ByteBuffer block) {
    ByteBuffer kept =
        block.remaining() < LARGE
            ? ByteBuffer.allocate(block.remaining()).put(block).flip()
            : block;
    return kept.asReadOnlyBuffer();
  }

  private Object one(MessageField field, WireReader in) throws WireFormatException {
    return switch (field.content()) {
      case WHOLE, NARROW -> NumberGatherer.whole(field, in);
      case FLOAT -> Float.intBitsToFloat(in.fixed32());
      case DOUBLE -> Double.longBitsToDouble(in.fixed64());
      case TEXT -> in.text();
      case BYTES -> kept(in.block());
      case MESSAGE -> read(in.block(), field.inside().orElseThrow().get(), depth + 1);
      case UNUSED -> throw new AssertionError(field);
    };
  }
}
