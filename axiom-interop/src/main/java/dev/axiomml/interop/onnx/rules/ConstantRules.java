package dev.axiomml.interop.onnx.rules;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.shape.ConstantOfShape;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.file.SharedTensors;
import dev.axiomml.interop.onnx.node.NodeAttributes;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import java.util.List;

/** Values that a file states. */
final class ConstantRules {
  private ConstantRules() {}

  static List<Value> constant(OnnxNodeContext at) {
    return List.of(at.constant(stated(at)));
  }

  private static Tensor stated(OnnxNodeContext at) {
    NodeAttributes from = at.attributes();
    if (from.tensor("value").isPresent()) {
      return at.importing().file().tensors().of(from.tensor("value").orElseThrow());
    }
    if (from.has("value_float")) {
      return Tensor.scalar((float) from.number("value_float", 0));
    }
    if (from.has("value_floats")) {
      List<Float> all = from.numbers("value_floats").orElseThrow();
      float[] values = new float[all.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = all.get(i);
      }
      return Tensor.of(Shape.of(values.length), values);
    }
    if (from.has("value_string")) {
      return Tensor.ofTexts(Shape.SCALAR, from.text("value_string", ""));
    }
    if (from.has("value_strings")) {
      List<String> texts = from.texts("value_strings").orElseThrow();
      return Tensor.ofTexts(Shape.of(texts.size()), texts.toArray(String[]::new));
    }
    return whole(at);
  }

  private static Tensor whole(OnnxNodeContext at) {
    if (at.attributes().has("value_int")) {
      return Tensor.ofLongs(Shape.SCALAR, at.attributes().whole("value_int", 0));
    }
    long[] values =
        at
            .attributes()
            .longs("value_ints")
            .orElseThrow(
                () -> at.refuse("a Constant without a value", "only dense tensors are read"))
            .stream()
            .mapToLong(Long::longValue)
            .toArray();
    return Tensor.ofLongs(Shape.of(values.length), values);
  }

  static List<Value> ofShape(OnnxNodeContext at) {
    SharedTensors tensors = at.importing().file().tensors();
    Tensor value = at.attributes().tensor("value").map(tensors::of).orElse(Tensor.scalar(0));
    return List.of(at.emit(new ConstantOfShape(value, at.symbol()), at.in(0)));
  }
}
