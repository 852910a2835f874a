package dev.axiomml.interop.fuzz;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Functions of each element, and of pairs of elements that are broadcast. */
final class PointRecipes {
  static final Map<String, OnnxRecipe> TABLE = table();

  private PointRecipes() {}

  private static Map<String, OnnxRecipe> table() {
    Map<String, OnnxRecipe> all = new TreeMap<>();
    List<String> plain =
        List.of(
            "Ceil Floor Round Sqrt Exp Log Reciprocal Sin Cos Tan Asin Acos Atan Sinh Cosh Tanh"
                .split(" "));
    plain.forEach(op -> all.put(op, PointRecipes::floats));
    List.of(
            ("Asinh Acosh Atanh Erf Sigmoid Softplus Softsign Relu Mish HardSwish IsNaN Identity"
                    + " Softsign Gelu Swish")
                .split(" "))
        .forEach(op -> all.put(op, PointRecipes::floats));
    List.of("Abs", "Neg", "Sign", "BitwiseNot").forEach(op -> all.put(op, PointRecipes::numbers));
    List.of("Add", "Sub", "Mul", "Div", "Max", "Min", "Sum", "Mean", "Mod", "Pow")
        .forEach(op -> all.put(op, PointRecipes::pair));
    List.of("Equal", "Less", "Greater", "LessOrEqual", "GreaterOrEqual")
        .forEach(op -> all.put(op, PointRecipes::pair));
    List.of("And", "Or", "Xor").forEach(op -> all.put(op, d -> operands(d, DType.BOOL, 2)));
    List.of("BitwiseAnd", "BitwiseOr", "BitwiseXor")
        .forEach(op -> all.put(op, d -> operands(d, d.draw.whole(), 2)));
    all.put("Not", d -> d.in(d.draw.tame(DType.BOOL, d.draw.shape(d.draw.below(4)))));
    all.put("BitShift", PointRecipes::shift);
    settings(all);
    return all;
  }

  private static void settings(Map<String, OnnxRecipe> all) {
    all.put("Elu", d -> alpha(d, "alpha"));
    all.put("Celu", d -> alpha(d, "alpha"));
    all.put("LeakyRelu", d -> alpha(d, "alpha"));
    all.put("ThresholdedRelu", d -> alpha(d, "alpha"));
    all.put("Selu", d -> alpha(d, "alpha gamma"));
    all.put("HardSigmoid", d -> alpha(d, "alpha beta"));
    all.put("Shrink", d -> alpha(d, "lambd bias"));
    all.put("IsInf", PointRecipes::infinite);
    all.put("PRelu", PointRecipes::prelu);
    all.put("Clip", PointRecipes::clip);
    all.put("Cast", PointRecipes::cast);
    all.put("CastLike", PointRecipes::castLike);
    all.put("Where", PointRecipes::where);
  }

  private static void floats(OnnxDraft d) {
    d.in(d.draw.wild(d.draw.floating(), d.draw.shape(d.draw.below(5))));
    if (d.op().equals("Gelu")) {
      d.maybe("approximate", d.draw.pick("tanh", "none"));
    }
    if (d.op().equals("Swish")) {
      d.maybe("alpha", d.draw.number(1));
    }
  }

  private static void numbers(OnnxDraft d) {
    d.in(d.draw.wild(d.draw.number(), d.draw.shape(d.draw.below(5))));
  }

  private static void alpha(OnnxDraft d, String names) {
    floats(d);
    for (String name : names.split(" ")) {
      d.maybe(name, d.draw.chance(0.2) ? 0f : Math.abs(d.draw.number(1)));
    }
  }

  private static void infinite(OnnxDraft d) {
    floats(d);
    d.maybe("detect_negative", (long) d.draw.below(2));
    d.maybe("detect_positive", (long) d.draw.below(2));
  }

  private static void pair(OnnxDraft d) {
    boolean many = List.of("Max", "Min", "Sum", "Mean").contains(d.op());
    boolean floats = List.of("Sum", "Mean").contains(d.op());
    DType dtype = floats ? d.draw.floating() : d.draw.number();
    operands(d, dtype, many ? d.draw.from(1, 4) : 2);
    if (d.op().equals("Mod") && (dtype.isFloat() || d.draw.chance(0.4))) {
      d.set("fmod", 1L);
    }
  }

  private static void operands(OnnxDraft d, DType dtype, int count) {
    Shape wide = d.draw.shape(d.draw.below(5));
    for (int i = 0; i < count; i++) {
      Shape shape = i == 0 && d.draw.chance(0.5) ? wide : d.draw.narrower(wide);
      boolean whole = !dtype.isFloat();
      boolean divides = i > 0 && whole && List.of("Div", "Mod", "Pow").contains(d.op());
      d.in(divides ? nonzero(d, dtype, shape) : d.draw.wild(dtype, shape));
    }
  }

  /** Neither zero to divide by nor a negative power. */
  private static dev.axiomml.core.tensor.Tensor nonzero(OnnxDraft d, DType dtype, Shape shape) {
    long[] values = new long[shape.count()];
    boolean negative = !d.op().equals("Pow") && dtype != DType.UINT8;
    for (int i = 0; i < values.length; i++) {
      values[i] = d.draw.from(1, 4) * (negative && d.draw.chance(0.4) ? -1 : 1);
    }
    return dev.axiomml.core.tensor.Tensor.ofIntegers(shape, dtype, values);
  }

  private static void shift(OnnxDraft d) {
    Shape wide = d.draw.shape(d.draw.below(4));
    d.in(d.draw.tame(DType.UINT8, wide)).in(d.draw.tame(DType.UINT8, d.draw.narrower(wide)));
    d.set("direction", d.draw.pick("LEFT", "RIGHT"));
  }

  private static void prelu(OnnxDraft d) {
    Shape wide = d.draw.shape(d.draw.below(5));
    DType dtype = d.draw.floating();
    d.in(d.draw.wild(dtype, wide)).weight(d.draw.tame(dtype, d.draw.narrower(wide)));
  }

  private static void clip(OnnxDraft d) {
    DType dtype = d.opset() < 12 ? DType.FLOAT32 : d.draw.number();
    d.in(d.draw.wild(dtype, d.draw.shape(d.draw.below(4))));
    double low = d.draw.from(0, 3);
    double high = d.draw.from(0, 6);
    if (d.opset() < 11) {
      d.maybe("min", (float) low).maybe("max", (float) high);
      return;
    }
    end(d, dtype, low);
    end(d, dtype, high);
  }

  private static void end(OnnxDraft d, DType dtype, double value) {
    if (d.draw.chance(0.3)) {
      d.none();
    } else {
      d.weight(OnnxDraw.scalar(dtype, value));
    }
  }

  private static void cast(OnnxDraft d) {
    DType from = d.draw.any();
    d.in(d.draw.wild(from, d.draw.shape(d.draw.below(4))));
    d.set("to", (long) d.draw.pick(1, 2, 3, 5, 6, 7, 9, 11));
  }

  private static void castLike(OnnxDraft d) {
    d.in(d.draw.tame(d.draw.any(), d.draw.shape(d.draw.below(4))));
    d.in(d.draw.tame(d.draw.any(), d.draw.shape(1)));
  }

  private static void where(OnnxDraft d) {
    Shape wide = d.draw.shape(d.draw.below(5));
    DType dtype = d.draw.any();
    d.in(d.draw.tame(DType.BOOL, d.draw.narrower(wide)));
    d.in(d.draw.wild(dtype, d.draw.narrower(wide))).in(d.draw.wild(dtype, d.draw.narrower(wide)));
  }
}
