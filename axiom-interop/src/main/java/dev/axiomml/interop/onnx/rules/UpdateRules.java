package dev.axiomml.interop.onnx.rules;

import static java.util.Map.entry;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.pair.Compare;
import dev.axiomml.core.op.pair.Pow;
import dev.axiomml.core.op.pair.Where;
import dev.axiomml.core.op.scalar.Sqrt;
import dev.axiomml.core.op.scalar.Square;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxRule;
import dev.axiomml.interop.onnx.node.OnnxSteps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * One step of training, of {@code ai.onnx.preview.training}: operands are a rate, the count of the
 * steps before, then all parameters, all their gradients and all they have gathered so far.
 */
public final class UpdateRules {
  public static final Map<String, OnnxRule> TABLE =
      Map.ofEntries(
          entry("Adagrad", at -> new UpdateRules(at).each(3, UpdateRules::adagrad)),
          entry("Adam", at -> new UpdateRules(at).each(4, UpdateRules::adam)),
          entry("Momentum", at -> new UpdateRules(at).each(3, UpdateRules::momentum)));

  private static final double EPSILON = 1e-6;

  private final OnnxNodeContext at;
  private final OnnxSteps steps;

  private UpdateRules(OnnxNodeContext at) {
    this.at = at;
    this.steps = new OnnxSteps(at);
  }

  /** New values of a parameter, its gradient and what it has gathered; the gradient has none. */
  @FunctionalInterface
  private interface Update {
    List<Value> of(UpdateRules rules, List<Value> operands);
  }

  private List<Value> each(int kinds, Update update) {
    int count = (at.operands() - 2) / kinds;
    if (count < 1 || at.operands() != 2 + count * kinds) {
      throw at.refuse(
          at.op() + " of " + at.operands() + " operands",
          "they are a rate, a count and " + kinds + " for each parameter");
    }
    List<List<Value>> updated = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Value> own = new ArrayList<>();
      for (int kind = 0; kind < kinds; kind++) {
        own.add(at.in(2 + kind * count + i));
      }
      updated.add(update.of(this, own));
    }
    List<Value> all = new ArrayList<>();
    for (int kind = 0; kind < kinds - 1; kind++) {
      int which = kind;
      updated.forEach(values -> all.add(values.get(which)));
    }
    return all;
  }

  private double number(String attribute, double otherwise) {
    return at.attributes().number(attribute, otherwise);
  }

  private double required(String attribute) {
    if (!at.attributes().has(attribute)) {
      throw at.refuse(at.op() + " without " + attribute, "the operator needs it");
    }
    return number(attribute, 0);
  }

  private Value rate(DType dtype) {
    return steps.cast(at.in(0), dtype);
  }

  /** One value once there were steps before, another one at first. */
  private Value later(Value then, Value first) {
    Value zero = at.scalar(at.dtype(1), 0);
    Value some = at.emit(new Compare(Compare.Kind.GREATER), at.in(1), zero);
    return at.emit(new Where(), some, then, first);
  }

  /** The gradient with that of half the squared norm of the parameter. */
  private Value regularized(Value x, Value gradient, double norm) {
    return norm == 0 ? gradient : steps.plus(steps.times(x, norm), gradient);
  }

  private List<Value> momentum(List<Value> own) {
    String mode = at.attributes().text("mode", "");
    if (!mode.equals("standard") && !mode.equals("nesterov")) {
      throw at.refuse("mode \"" + mode + "\"", "standard and nesterov are known");
    }
    DType dtype = own.get(0).type().dtype();
    Value gradient = regularized(own.get(0), own.get(1), required("norm_coefficient"));
    Value beta = later(at.scalar(dtype, required("beta")), at.scalar(dtype, 1));
    double alpha = required("alpha");
    Value gathered = steps.plus(steps.times(own.get(2), alpha), steps.times(gradient, beta));
    Value way =
        mode.equals("standard") ? gathered : steps.plus(gradient, steps.times(gathered, alpha));
    return List.of(moved(own.get(0), rate(dtype), way), gathered);
  }

  private Value moved(Value x, Value rate, Value way) {
    return steps.minus(x, steps.times(way, rate));
  }

  private List<Value> adagrad(List<Value> own) {
    DType dtype = own.get(0).type().dtype();
    Value gradient = regularized(own.get(0), own.get(1), number("norm_coefficient", 0));
    Value gathered = steps.plus(own.get(2), at.emit(new Square(), gradient));
    Value count = steps.cast(at.in(1), dtype);
    Value slower = steps.plus(steps.times(count, number("decay_factor", 0)), 1);
    Value rate = steps.over(rate(dtype), slower);
    return List.of(moved(own.get(0), rate, steps.over(gradient, root(gathered))), gathered);
  }

  private Value root(Value gathered) {
    return steps.plus(at.emit(new Sqrt(), gathered), number("epsilon", EPSILON));
  }

  private List<Value> adam(List<Value> own) {
    DType dtype = own.get(0).type().dtype();
    double alpha = number("alpha", 0.9);
    double beta = number("beta", 0.999);
    Value gradient = regularized(own.get(0), own.get(1), number("norm_coefficient", 0));
    Value mean = mixed(own.get(2), gradient, alpha);
    Value squares = mixed(own.get(3), at.emit(new Square(), gradient), beta);
    UnaryOperator<Value> rest = power -> steps.plus(steps.times(power, -1), 1);
    Value wide = at.emit(new Sqrt(), rest.apply(power(beta, dtype)));
    Value scale = steps.over(wide, rest.apply(power(alpha, dtype)));
    Value rate = later(steps.times(rate(dtype), scale), rate(dtype));
    Value x = moved(own.get(0), rate, steps.over(mean, root(squares)));
    return List.of(steps.times(x, 1 - number("norm_coefficient_post", 0)), mean, squares);
  }

  private Value mixed(Value before, Value now, double share) {
    return steps.plus(steps.times(before, share), steps.times(now, 1 - share));
  }

  /** A number to the power of the count of steps. */
  private Value power(double base, DType dtype) {
    return at.emit(new Pow(), at.scalar(dtype, base), steps.cast(at.in(1), dtype));
  }
}
