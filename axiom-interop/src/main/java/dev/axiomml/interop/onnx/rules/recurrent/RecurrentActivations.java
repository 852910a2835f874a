package dev.axiomml.interop.onnx.rules.recurrent;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.scalar.Elu;
import dev.axiomml.core.op.scalar.HardSigmoid;
import dev.axiomml.core.op.scalar.LeakyRelu;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.op.scalar.Sigmoid;
import dev.axiomml.core.op.scalar.Softplus;
import dev.axiomml.core.op.scalar.Softsign;
import dev.axiomml.core.op.scalar.Tanh;
import dev.axiomml.core.op.scalar.ThresholdedRelu;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxSteps;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** The functions that a recurrent layer names, with the numbers that some of them take in turn. */
final class RecurrentActivations {
  private final OnnxNodeContext at;
  private final Iterator<Float> alphas;
  private final Iterator<Float> betas;

  private RecurrentActivations(OnnxNodeContext at) {
    this.at = at;
    this.alphas = at.attributes().numbers("activation_alpha").orElse(List.of()).iterator();
    this.betas = at.attributes().numbers("activation_beta").orElse(List.of()).iterator();
  }

  /** The names that a node states, in small letters; the usual ones where it states none. */
  static List<String> names(OnnxNodeContext at, List<String> usual) {
    List<String> stated = at.attributes().texts("activations").orElse(List.of());
    if (!stated.isEmpty() && stated.size() != usual.size()) {
      throw at.refuse("activations " + stated, "there are " + usual.size() + " here");
    }
    return stated.isEmpty()
        ? usual
        : stated.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }

  /** What the names do. */
  static List<UnaryOperator<Value>> of(OnnxNodeContext at, List<String> names) {
    RecurrentActivations activations = new RecurrentActivations(at);
    List<UnaryOperator<Value>> all = new ArrayList<>();
    names.forEach(name -> all.add(activations.of(name)));
    return List.copyOf(all);
  }

  private UnaryOperator<Value> of(String name) {
    return switch (name) {
      case "affine" -> affine();
      case "scaledtanh" -> scaledTanh();
      default -> one(op(name));
    };
  }

  private UnaryOperator<Value> one(Op op) {
    return x -> at.emit(op, x);
  }

  private Op op(String name) {
    return switch (name) {
      case "relu" -> new Relu();
      case "tanh" -> new Tanh();
      case "sigmoid" -> new Sigmoid();
      case "softsign" -> new Softsign();
      case "softplus" -> new Softplus(1, Double.POSITIVE_INFINITY);
      case "leakyrelu" -> new LeakyRelu(next(alphas, 0.01));
      case "thresholdedrelu" -> new ThresholdedRelu(next(alphas, 1));
      case "hardsigmoid" -> new HardSigmoid(next(alphas, 0.2), next(betas, 0.5));
      case "elu" -> new Elu(next(alphas, 1));
      default -> throw at.refuse("activations with " + name, "the standard names eleven");
    };
  }

  /** As it was written: 0.2 is stored as the nearest float32 and meant as 0.2. */
  private static double next(Iterator<Float> numbers, double otherwise) {
    return numbers.hasNext() ? Double.parseDouble(Float.toString(numbers.next())) : otherwise;
  }

  private double stated(String attribute, Iterator<Float> numbers) {
    if (!numbers.hasNext()) {
      throw at.refuse(attribute + " is too short", "the standard names no other number");
    }
    return next(numbers, 0);
  }

  private UnaryOperator<Value> affine() {
    double alpha = stated("activation_alpha", alphas);
    double beta = stated("activation_beta", betas);
    OnnxSteps steps = new OnnxSteps(at);
    return x -> steps.plus(steps.times(x, alpha), beta);
  }

  private UnaryOperator<Value> scaledTanh() {
    double alpha = stated("activation_alpha", alphas);
    double beta = stated("activation_beta", betas);
    OnnxSteps steps = new OnnxSteps(at);
    return x -> steps.times(at.emit(new Tanh(), steps.times(x, beta)), alpha);
  }
}
