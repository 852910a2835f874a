package dev.axiomml.interop.onnx.save.rules;

import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Arithmetic;
import dev.axiomml.core.op.pair.Compare;
import dev.axiomml.core.op.pair.Div;
import dev.axiomml.core.op.pair.Logic;
import dev.axiomml.core.op.pair.Max;
import dev.axiomml.core.op.pair.Min;
import dev.axiomml.core.op.pair.Mod;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.pair.Pow;
import dev.axiomml.core.op.pair.Sub;
import dev.axiomml.core.op.pair.Where;
import dev.axiomml.interop.onnx.save.node.OnnxCall;
import dev.axiomml.interop.onnx.save.node.WriteContext;
import java.util.List;

/** Functions of values of one shape or broadcast, element by element. */
final class PairRows {
  private PairRows() {}

  static void add(WriteRules to) {
    to.any(Add.class, PairRows::sum);
    to.any(Sub.class, (op, at) -> pair(at, "Sub"));
    to.any(Mul.class, (op, at) -> pair(at, "Mul"));
    to.any(Div.class, (op, at) -> pair(at, "Div"));
    to.any(Pow.class, (op, at) -> pair(at, "Pow"));
    to.any(Mod.class, PairRows::mod);
    to.any(Max.class, (op, at) -> at.answer(OnnxCall.of("Max", at.in())));
    to.any(Min.class, (op, at) -> at.answer(OnnxCall.of("Min", at.in())));
    to.any(Where.class, (op, at) -> at.answer(OnnxCall.of("Where", at.in())));
    to.any(Arithmetic.class, PairRows::arithmetic);
    to.any(Compare.class, PairRows::compare);
    to.any(Logic.class, PairRows::logic);
  }

  private static List<String> pair(WriteContext at, String type) {
    return at.answer(type, at.in(0), at.in(1));
  }

  private static List<String> sum(Add op, WriteContext at) {
    return switch (at.operands()) {
      case 1 -> at.in();
      case 2 -> pair(at, "Add");
      default -> at.answer(OnnxCall.of("Sum", at.in()));
    };
  }

  /** ONNX has the C remainder for floats; the other one is mended where the signs differ. */
  private static List<String> mod(Mod op, WriteContext at) {
    OnnxCall left = OnnxCall.of("Mod", at.in(0), at.in(1)).whole("fmod", 1);
    if (op.truncated()) {
      return at.answer(left);
    }
    String zero = at.number(0);
    String rest = at.one(left);
    String apart = at.one("Xor", at.one("Less", rest, zero), at.one("Less", at.in(1), zero));
    String any = at.one("Not", at.one("Equal", rest, zero));
    String mended = at.one("Add", rest, at.in(1));
    return at.answer("Where", at.one("And", apart, any), mended, rest);
  }

  private static List<String> arithmetic(Arithmetic op, WriteContext at) {
    return switch (op.kind()) {
      case ADD -> pair(at, "Add");
      case SUB -> pair(at, "Sub");
      case MUL -> pair(at, "Mul");
      case DIV -> pair(at, "Div");
      case MOD -> pair(at, "Mod");
      case REM -> at.answer(OnnxCall.of("Mod", at.in(0), at.in(1)).whole("fmod", 1));
      case MIN -> pair(at, "Min");
      case MAX -> pair(at, "Max");
      case POW -> pair(at, "Pow");
      case NEG -> at.answer("Neg", at.in(0));
      case ABS -> at.answer("Abs", at.in(0));
      case SIGN -> at.answer("Sign", at.in(0));
    };
  }

  private static List<String> compare(Compare op, WriteContext at) {
    return switch (op.kind()) {
      case EQUAL -> pair(at, "Equal");
      case UNEQUAL -> at.answer("Not", at.one("Equal", at.in(0), at.in(1)));
      case LESS -> pair(at, "Less");
      case LESS_OR_EQUAL -> pair(at, "LessOrEqual");
      case GREATER -> pair(at, "Greater");
      case GREATER_OR_EQUAL -> pair(at, "GreaterOrEqual");
    };
  }

  private static List<String> logic(Logic op, WriteContext at) {
    return switch (op.kind()) {
      case AND -> pair(at, "And");
      case OR -> pair(at, "Or");
      case XOR -> pair(at, "Xor");
      case NOT -> at.answer("Not", at.in(0));
    };
  }
}
