package dev.axiomml.interop.onnx.rules;

import static java.util.Map.entry;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.linear.Einsum;
import dev.axiomml.core.op.linear.MatMul;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Arithmetic;
import dev.axiomml.core.op.pair.Bits;
import dev.axiomml.core.op.pair.Cast;
import dev.axiomml.core.op.pair.Compare;
import dev.axiomml.core.op.pair.Div;
import dev.axiomml.core.op.pair.Logic;
import dev.axiomml.core.op.pair.Max;
import dev.axiomml.core.op.pair.Min;
import dev.axiomml.core.op.pair.Mod;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.pair.Pow;
import dev.axiomml.core.op.pair.Sub;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxRule;
import dev.axiomml.interop.onnx.node.OnnxSteps;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Sums, products and other functions of two values, broadcast. */
public final class SumRules {
  /** What an operator is on floats and on integers. */
  record Pairing(Op floats, Op integers) {}

  static final Pairing MAX = new Pairing(new Max(), new Arithmetic(Arithmetic.Kind.MAX));
  static final Pairing MIN = new Pairing(new Min(), new Arithmetic(Arithmetic.Kind.MIN));
  private static final Pairing ADD = new Pairing(new Add(), new Arithmetic(Arithmetic.Kind.ADD));

  public static final Map<String, OnnxRule> TABLE =
      Map.ofEntries(
          entry("Add", pairs(ADD)),
          entry("BitShift", SumRules::shift),
          entry("BitwiseAnd", always(new Bits(Bits.Kind.AND))),
          entry("BitwiseOr", always(new Bits(Bits.Kind.OR))),
          entry("BitwiseXor", always(new Bits(Bits.Kind.XOR))),
          entry("And", always(new Logic(Logic.Kind.AND))),
          entry("Or", always(new Logic(Logic.Kind.OR))),
          entry("Xor", always(new Logic(Logic.Kind.XOR))),
          entry("Div", pairs(new Pairing(new Div(), new Arithmetic(Arithmetic.Kind.DIV)))),
          entry("Einsum", SumRules::einsum),
          entry("Equal", SelectionRules::equal),
          entry("Gemm", SumRules::gemm),
          entry("Greater", always(new Compare(Compare.Kind.GREATER))),
          entry("GreaterOrEqual", always(new Compare(Compare.Kind.GREATER_OR_EQUAL))),
          entry("Less", always(new Compare(Compare.Kind.LESS))),
          entry("LessOrEqual", always(new Compare(Compare.Kind.LESS_OR_EQUAL))),
          entry("MatMul", SumRules::matMul),
          entry("Max", at -> List.of(chain(at, MAX))),
          entry("Mean", SumRules::mean),
          entry("Min", at -> List.of(chain(at, MIN))),
          entry("Mod", SumRules::mod),
          entry("Mul", pairs(new Pairing(new Mul(), new Arithmetic(Arithmetic.Kind.MUL)))),
          entry("Pow", SumRules::pow),
          entry("Sub", pairs(new Pairing(new Sub(), new Arithmetic(Arithmetic.Kind.SUB)))),
          entry("Sum", at -> List.of(chain(at, ADD))),
          entry("Where", SelectionRules::where));

  private SumRules() {}

  static Value pair(OnnxNodeContext at, Pairing op, Value a, Value b) {
    return at.emit(a.type().dtype().isFloat() ? op.floats() : op.integers(), a, b);
  }

  private static OnnxRule pairs(Pairing op) {
    return at -> List.of(pair(at, op, at.in(0), second(at)));
  }

  private static OnnxRule always(Op op) {
    return at -> List.of(at.emit(op, at.in(0), second(at)));
  }

  /** Before opset 7 the second operand stands at a stated axis of the first. */
  static Value second(OnnxNodeContext at) {
    boolean aligned =
        at.version() < 7 && at.attributes().flag("broadcast", false) && at.attributes().has("axis");
    if (!aligned) {
      return at.in(1);
    }
    int axis = at.shape(0).axis(at.attributes().integer("axis", 0));
    int behind = at.rank(0) - axis - at.rank(1);
    Shape wide = at.shape(1).concat(new Shape(Collections.nCopies(behind, Dim.ONE)));
    return at.emit(new Reshape(wide), at.in(1));
  }

  /** Before opset 8 all are of one shape. */
  private static Value chain(OnnxNodeContext at, Pairing op) {
    Value result = at.in(0);
    boolean alike = at.all().stream().allMatch(x -> OnnxSteps.shape(x).matches(at.shape(0)));
    if (at.version() < 8 && !alike) {
      throw at.refuse(at.op() + " of different shapes", "it broadcasts since opset 8");
    }
    for (Value next : at.all().subList(1, at.all().size())) {
      result = pair(at, op, result, next);
    }
    return result;
  }

  private static List<Value> mean(OnnxNodeContext at) {
    Value number = at.scalar(at.dtype(0), at.all().size());
    return List.of(at.emit(new Div(), chain(at, ADD), number));
  }

  private static List<Value> mod(OnnxNodeContext at) {
    boolean truncated = at.attributes().flag("fmod", false);
    Arithmetic.Kind kind = truncated ? Arithmetic.Kind.REM : Arithmetic.Kind.MOD;
    Pairing op = new Pairing(new Mod(truncated), new Arithmetic(kind));
    return List.of(pair(at, op, at.in(0), at.in(1)));
  }

  private static List<Value> shift(OnnxNodeContext at) {
    boolean left = at.attributes().text("direction", "").equals("LEFT");
    Bits bits = new Bits(left ? Bits.Kind.SHIFT_LEFT : Bits.Kind.SHIFT_RIGHT);
    return List.of(at.emit(bits, at.in(0), at.in(1)));
  }

  /** The result has the base's type; a whole base with a broken power goes by doubles. */
  private static List<Value> pow(OnnxNodeContext at) {
    DType base = at.dtype(0);
    Value power = second(at);
    if (base.isFloat()) {
      return List.of(at.emit(new Pow(), at.in(0), at.emit(new Cast(base), power)));
    }
    if (at.dtype(1).isInteger()) {
      Value same = at.emit(new Cast(base), power);
      return List.of(at.emit(new Arithmetic(Arithmetic.Kind.POW), at.in(0), same));
    }
    Value wide = at.emit(new Cast(DType.FLOAT64), at.in(0));
    Value raised = at.emit(new Pow(), wide, at.emit(new Cast(DType.FLOAT64), power));
    return List.of(at.emit(new Cast(base), raised));
  }

  private static List<Value> einsum(OnnxNodeContext at) {
    String equation = at.attributes().text("equation", "").replace(" ", "");
    int terms = equation.split("->", -1)[0].split(",", -1).length;
    if (terms != at.operands()) {
      throw at.refuse(
          "Einsum " + equation + " of " + at.operands() + " operands",
          "an equation has a term for each operand");
    }
    String[] labels = equation.split("->", -1)[0].split(",", -1);
    List<Value> in = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      in.add(diagonal(at, at.in(i), labels[i]));
    }
    return List.of(Einsum.emit(equation, at.folding().named(at.name()), in));
  }

  /** Axes of one label are equally long. */
  private static Value diagonal(OnnxNodeContext at, Value x, String labels) {
    Shape to = OnnxSteps.shape(x);
    for (int i = 0; i < labels.length() && !labels.contains(".") && i < to.rank(); i++) {
      to = to.with(i, to.dim(labels.indexOf(labels.charAt(i))));
    }
    return new OnnxSteps(at).sized(x, to);
  }

  /** A list is a row on the left and a column on the right, whose axis is then left out. */
  private static List<Value> matMul(OnnxNodeContext at) {
    if (!at.dtype(0).isFloat()) {
      throw at.refuse("MatMul of " + at.dtype(0), "matrix products of floats are supported");
    }
    boolean row = at.rank(0) == 1;
    boolean column = at.rank(1) == 1;
    Value a = row ? at.emit(new Reshape(Shape.of(1).concat(at.shape(0))), at.in(0)) : at.in(0);
    Value b = column ? at.emit(new Reshape(at.shape(1).concat(Shape.of(1))), at.in(1)) : at.in(1);
    Value y = at.emit(new MatMul(), a, b);
    List<Dim> dims = new ArrayList<>(y.type().shape().dims());
    if (column) {
      dims.remove(dims.size() - 1);
    }
    if (row) {
      dims.remove(dims.size() - (column ? 1 : 2));
    }
    return List.of(row || column ? at.emit(new Reshape(new Shape(dims)), y) : y);
  }

  /** {@code alpha·A'·B' + beta·C}; with both factors one and C a row or nothing, a dense layer. */
  private static List<Value> gemm(OnnxNodeContext at) {
    Value a = transposed(at, at.in(0), "transA");
    Value b = transposed(at, at.in(1), "transB");
    double alpha = at.attributes().number("alpha", 1);
    double beta = at.attributes().number("beta", 1);
    boolean fits = !at.has(2) || at.shape(2).equals(OnnxSteps.shape(b).sub(1, 2));
    if (alpha == 1 && beta == 1 && fits) {
      return List.of(at.has(2) ? at.emit(new Dense(), a, b, at.in(2)) : at.emit(new Dense(), a, b));
    }
    Value product = scaled(at, at.emit(new MatMul(), a, b), alpha);
    if (!at.has(2)) {
      return List.of(product);
    }
    Value sum = pair(at, ADD, product, scaled(at, at.in(2), beta));
    return List.of(
        new OnnxSteps(at).sized(sum, OnnxSteps.shape(product))); // C is broadcast, never A·B
  }

  private static Value transposed(OnnxNodeContext at, Value matrix, String attribute) {
    return at.attributes().flag(attribute, false) ? at.emit(Permute.of(1, 0), matrix) : matrix;
  }

  private static Value scaled(OnnxNodeContext at, Value value, double factor) {
    Value number = at.scalar(value.type().dtype(), factor);
    return factor == 1 ? value : at.emit(new Mul(), value, number);
  }

  /** One number a channel, beside axes of (N, C, spatial…). */
  static Shape channelwise(Dim channels, int rank) {
    List<Dim> dims = new ArrayList<>(List.of(channels));
    dims.addAll(Collections.nCopies(rank - 2, Dim.ONE));
    return new Shape(dims);
  }
}
