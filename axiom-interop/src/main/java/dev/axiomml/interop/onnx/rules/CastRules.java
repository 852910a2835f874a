package dev.axiomml.interop.onnx.rules;

import static java.util.Map.entry;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.pair.Cast;
import dev.axiomml.core.op.scalar.Round;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.file.OnnxElementTypes;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxRule;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Conversions of elements, by value and by bits. */
public final class CastRules {
  public static final Map<String, OnnxRule> TABLE =
      Map.ofEntries(
          entry("BitCast", CastRules::bits),
          entry("Cast", at -> List.of(cast(at, target(at)))),
          entry("CastLike", at -> List.of(cast(at, at.dtype(1)))));

  private CastRules() {}

  /** A number since opset 6, before it a name. */
  private static DType target(OnnxNodeContext at) {
    int number = at.attributes().integer("to", 0);
    String named = at.attributes().text("to", "");
    return OnnxElementTypes.of(number)
        .or(() -> OnnxElementTypes.named(named))
        .orElseThrow(
            () ->
                at.refuse(
                    at.op() + " to element type " + (named.isEmpty() ? number : named),
                    "complex numbers and 6-bit floats are not supported"));
  }

  private static Value cast(OnnxNodeContext at, DType to) {
    DType from = at.dtype(0);
    if (from == to) {
      return at.in(0);
    }
    if (from == DType.STRING || to == DType.STRING) {
      return NumberText.cast(at, to);
    }
    if (to == DType.FLOAT8_E8M0FNU) {
      return scale(at);
    }
    boolean rounds = from.isFloat() && to.isInteger() && !to.computes();
    Value x = rounds ? rounded(at) : at.in(0);
    return at.emit(new Cast(to, at.attributes().flag("saturate", true)), x);
  }

  /** Integers of a few bits are rounded to, where wider ones cut off. */
  private static Value rounded(OnnxNodeContext at) {
    Value x = at.dtype(0).computes() ? at.in(0) : at.emit(new Cast(DType.FLOAT32), at.in(0));
    return at.emit(new Round(), x);
  }

  /** To a power of two there are three ways of rounding. */
  private static Value scale(OnnxNodeContext at) {
    String mode = at.attributes().text("round_mode", "up").toUpperCase(Locale.ROOT);
    boolean saturate = at.attributes().flag("saturate", true);
    Type type = Type.of(at.shape(0), DType.FLOAT8_E8M0FNU);
    PowerRounding rounding = PowerRounding.valueOf(mode);
    return at.run(
            List.of(type),
            (settings, in) -> List.of(rounding.cast(in.get(0).orElseThrow().tensor(), saturate)))
        .get(0);
  }

  /** The same bits; widths are equal. */
  private static List<Value> bits(OnnxNodeContext at) {
    DType to = target(at);
    DType from = at.dtype(0);
    if (from == DType.STRING || from.bits() != to.bits()) {
      throw at.refuse("BitCast from " + from + " to " + to, "both must have the same bits");
    }
    if (to == DType.BOOL) {
      throw at.refuse("BitCast to bool", "a bool is 0 or 1, other bits mean nothing");
    }
    return at.run(List.of(Type.of(at.shape(0), to)), (settings, in) -> reread(in, to));
  }

  private static List<RuntimeValue> reread(List<Optional<RuntimeValue>> in, DType to) {
    Tensor x = in.get(0).orElseThrow().tensor();
    return List.of(TensorMemory.unpacked(x.shape(), to, TensorMemory.packed(x)));
  }
}
