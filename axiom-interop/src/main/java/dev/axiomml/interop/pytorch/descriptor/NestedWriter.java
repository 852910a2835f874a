package dev.axiomml.interop.pytorch.descriptor;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelExportException;
import dev.axiomml.core.tensor.Tensor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes maps, lists, tensors and plain values as JSON. */
final class NestedWriter {
  private NestedWriter() {}

  static void write(JsonGenerator to, Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      to.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        to.writeFieldName((String) entry.getKey());
        write(to, entry.getValue());
      }
      to.writeEndObject();
    } else if (value instanceof List<?> list) {
      to.writeStartArray();
      for (Object element : list) {
        write(to, element);
      }
      to.writeEndArray();
    } else if (value instanceof Tensor tensor) {
      tensor(to, tensor, 0, 0);
    } else {
      plain(to, value);
    }
  }

  private static void plain(JsonGenerator to, Object value) throws IOException {
    if (value instanceof Integer whole) {
      to.writeNumber(whole);
    } else if (value instanceof Double number) {
      number(to, number);
    } else if (value instanceof Boolean flag) {
      to.writeBoolean(flag);
    } else if (value instanceof String text) {
      to.writeString(text);
    } else if (value instanceof Optional<?>) {
      to.writeNull();
    } else {
      throw new IllegalStateException("no JSON for " + value);
    }
  }

  private static int tensor(JsonGenerator to, Tensor tensor, int axis, int from)
      throws IOException {
    if (axis == tensor.shape().rank()) {
      number(to, tensor.doubleAt(from));
      return from + 1;
    }
    int next = from;
    to.writeStartArray();
    for (int i = 0; i < tensor.shape().size(axis); i++) {
      next = tensor(to, tensor, axis + 1, next);
    }
    to.writeEndArray();
    return next;
  }

  private static void number(JsonGenerator to, double value) throws IOException {
    if (!(Math.abs(value) <= Double.MAX_VALUE)) {
      throw new ModelExportException(
          new Diagnosis(
              "a weight or setting is " + value,
              "descriptor",
              "JSON has no NaN and no infinities",
              "save the weights with SafeTensors.save(model, path)"));
    }
    to.writeNumber(value);
  }
}
