package dev.axiomml.interop.onnx.rules;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Numbers as text and back.
 *
 * <p>A float is spelt with the fewest digits that read back as it, below 1e-4 and from 1e16 on with
 * an exponent; infinities and NaN are {@code INF}, {@code -INF} and {@code NaN}, read in any case.
 */
final class NumberText {
  private static final String FLOAT = "[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,4})?";
  private static final String WHOLE = "[+-]?[0-9]{1,40}";

  private NumberText() {}

  static Value cast(OnnxNodeContext at, DType to) {
    DType number = to == DType.STRING ? at.dtype(0) : to;
    if (!number.computes() || number == DType.BOOL) {
      throw at.refuse(
          at.op() + " from " + at.dtype(0) + " to " + to,
          "floats and integers of at least eight bits are read and written as text");
    }
    return at.run(
            List.of(Type.of(at.shape(0), to)),
            (settings, in) -> {
              Tensor x = in.get(0).orElseThrow().tensor();
              return List.<RuntimeValue>of(to == DType.STRING ? written(x) : read(x, to));
            })
        .get(0);
  }

  private static Tensor written(Tensor x) {
    String[] texts =
        IntStream.range(0, x.size())
            .mapToObj(i -> x.dtype().isFloat() ? shortest(x, i) : whole(x, i))
            .toArray(String[]::new);
    return Tensor.ofTexts(x.shape(), texts);
  }

  private static String whole(Tensor x, int i) {
    long number = x.longAt(i);
    return x.dtype() == DType.UINT64 ? Long.toUnsignedString(number) : Long.toString(number);
  }

  private static String shortest(Tensor x, int i) {
    double number = x.doubleAt(i);
    if (Double.isNaN(number)) {
      return "NaN";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "INF" : "-INF";
    }
    if (number == 0) {
      return 1 / number > 0 ? "0.0" : "-0.0";
    }
    BigDecimal exact = new BigDecimal(number);
    BigDecimal digits = exact;
    for (int count = 1; count <= 17; count++) {
      digits = exact.round(new MathContext(count, RoundingMode.HALF_EVEN));
      if (nearest(digits, x.dtype()) == number) {
        break;
      }
    }
    boolean plain = Math.abs(number) >= 1e-4 && Math.abs(number) < 1e16;
    String text = plain ? digits.toPlainString() : scientific(digits.stripTrailingZeros());
    return text.contains(".") || !plain ? text : text + ".0";
  }

  private static String scientific(BigDecimal digits) {
    int exponent = digits.precision() - digits.scale() - 1;
    String sign = exponent < 0 ? "e-" : "e+";
    return digits.movePointLeft(exponent).toPlainString()
        + String.format(Locale.ROOT, "%s%02d", sign, Math.abs(exponent));
  }

  private static double nearest(BigDecimal digits, DType dtype) {
    double wide = dtype == DType.FLOAT64 ? digits.doubleValue() : digits.floatValue();
    return Tensor.ofDoubles(Shape.SCALAR, dtype, wide).doubleAt(0);
  }

  private static Tensor read(Tensor texts, DType to) {
    IntStream places = IntStream.range(0, texts.size());
    return to.isFloat()
        ? Tensor.ofDoubles(
            texts.shape(), to, places.mapToDouble(i -> real(texts.textAt(i), to)).toArray())
        : Tensor.ofIntegers(
            texts.shape(), to, places.mapToLong(i -> whole(texts.textAt(i), to)).toArray());
  }

  private static double real(String text, DType to) {
    String word = text.strip().toUpperCase(Locale.ROOT);
    return switch (word) {
      case "NAN" -> Double.NaN;
      case "INF", "+INF" -> Double.POSITIVE_INFINITY;
      case "-INF" -> Double.NEGATIVE_INFINITY;
      default -> number(word, to);
    };
  }

  private static double number(String word, DType to) {
    if (!word.matches(FLOAT)) {
      throw new IllegalArgumentException("text \"" + word + "\" is no number");
    }
    return to == DType.FLOAT64 ? Double.parseDouble(word) : Float.parseFloat(word);
  }

  private static long whole(String text, DType to) {
    String word = text.strip();
    if (!word.matches(WHOLE)) {
      throw new IllegalArgumentException("text \"" + word + "\" is no whole number");
    }
    long number = new BigInteger(word).longValue();
    boolean fits = whole(Tensor.ofIntegers(Shape.SCALAR, to, number), 0).equals(plain(word));
    if (!fits) {
      throw new IllegalArgumentException("text \"" + word + "\" is beyond " + to);
    }
    return number;
  }

  private static String plain(String word) {
    return new BigInteger(word).toString();
  }
}
