package dev.axiomml.interop.onnx.rules.contrib;

import static java.util.Map.entry;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.op.scalar.Clip;
import dev.axiomml.core.op.scalar.Gelu;
import dev.axiomml.core.op.scalar.GeluTanh;
import dev.axiomml.core.op.scalar.HardSigmoid;
import dev.axiomml.core.op.scalar.LeakyRelu;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.op.scalar.Sigmoid;
import dev.axiomml.core.op.scalar.Silu;
import dev.axiomml.core.op.scalar.Tanh;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.onnx.node.BorrowedNode;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxRule;
import dev.axiomml.interop.onnx.node.OnnxSteps;
import dev.axiomml.interop.onnx.rules.ShapeRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Products, convolutions and activations that ONNX Runtime's optimiser puts into one node. */
final class FusedRules {
  static final Map<String, OnnxRule> TABLE =
      Map.ofEntries(
          entry("BiasAdd", FusedRules::biasAdd),
          entry("BiasGelu", at -> one(at.emit(new Gelu(), sum(at, 0, 1)))),
          entry("BiasSoftmax", FusedRules::biasSoftmax),
          entry("BiasSplitGelu", FusedRules::biasSplitGelu),
          entry("FastGelu", FusedRules::fastGelu),
          entry("FusedConv", FusedRules::conv),
          entry("FusedGemm", FusedRules::gemm),
          entry("FusedMatMul", FusedRules::matMul),
          entry("Gelu", at -> one(at.emit(new Gelu(), at.in(0)))),
          entry("QuickGelu", FusedRules::quickGelu),
          entry("TransposeMatMul", FusedRules::matMul));

  private FusedRules() {}

  private static List<Value> one(Value y) {
    return List.of(y);
  }

  private static Value sum(OnnxNodeContext at, int a, int b) {
    return new OnnxSteps(at).plus(at.in(a), at.in(b));
  }

  private static List<Value> biasAdd(OnnxNodeContext at) {
    return one(new OnnxSteps(at).plus(sum(at, 0, 1), at.in(2)));
  }

  private static List<Value> fastGelu(OnnxNodeContext at) {
    return one(at.emit(new GeluTanh(), at.has(1) ? sum(at, 0, 1) : at.in(0)));
  }

  private static List<Value> quickGelu(OnnxNodeContext at) {
    double alpha = at.attributes().number("alpha", 1.702f);
    if (alpha == 1) {
      return one(at.emit(new Silu(), at.in(0)));
    }
    OnnxSteps steps = new OnnxSteps(at);
    Value gate = at.emit(new Sigmoid(), steps.times(at.in(0), alpha));
    return one(steps.times(at.in(0), gate));
  }

  /** The first half of the last axis times the GELU of the second. */
  private static List<Value> biasSplitGelu(OnnxNodeContext at) {
    OnnxSteps steps = new OnnxSteps(at);
    Value x = sum(at, 0, 1);
    int axis = at.rank(0) - 1;
    Dim half = at.shape(0).dim(axis).floorDiv(2);
    Value gate = at.emit(new Gelu(), steps.slice(x, axis, half, half));
    return one(steps.times(steps.slice(x, axis, Dim.ZERO, half), gate));
  }

  /** The bias stands as the sum had it; axes from the stated one on are one row. */
  private static List<Value> biasSoftmax(OnnxNodeContext at) {
    Shape shape = at.shape(0);
    int axis = shape.axis(at.attributes().integer("axis", 1));
    Value x = sum(at, 0, 1);
    if (axis == shape.rank() - 1) {
      return one(at.emit(new Softmax(-1, true), x));
    }
    OnnxSteps steps = new OnnxSteps(at);
    Value rows = steps.reshape(x, ShapeRules.matrix(shape, axis));
    return one(steps.reshape(at.emit(new Softmax(-1, true), rows), shape));
  }

  private static List<Value> conv(OnnxNodeContext at) {
    BorrowedNode plain = new BorrowedNode(at, "Conv");
    List<Optional<Value>> in = Stream.of(0, 1, 2).map(at::any).toList();
    Value y = plain.on(in, List.of()).get(0);
    OnnxSteps steps = new OnnxSteps(at);
    Value z = at.has(3) ? steps.plus(y, steps.sized(at.in(3), OnnxSteps.shape(y))) : y;
    List<Double> settings =
        at.attributes().numbers("activation_params").orElse(List.of()).stream()
            .map(f -> Double.parseDouble(Float.toString(f)))
            .toList();
    return one(activated(at, z, settings));
  }

  private static List<Value> gemm(OnnxNodeContext at) {
    List<Optional<Value>> in = Stream.of(0, 1, 2).map(at::any).toList();
    Value y = new BorrowedNode(at, "Gemm").on(in, List.of()).get(0);
    List<Double> settings =
        Stream.of("activation_alpha", "activation_beta")
            .filter(at.attributes()::has)
            .map(name -> at.attributes().number(name, 0))
            .toList();
    return one(activated(at, y, settings));
  }

  /** The activation that a node names, behind its sum. */
  private static Value activated(OnnxNodeContext at, Value x, List<Double> settings) {
    String name = at.attributes().text("activation", "");
    return name.isEmpty() ? x : at.emit(activation(at, name, settings), x);
  }

  private static Op activation(OnnxNodeContext at, String name, List<Double> settings) {
    return switch (name) {
      case "Relu" -> new Relu();
      case "Sigmoid" -> new Sigmoid();
      case "Tanh" -> new Tanh();
      case "LeakyRelu" -> new LeakyRelu(nth(settings, 0, 0.01));
      case "Clip" ->
          new Clip(
              nth(settings, 0, Double.NEGATIVE_INFINITY),
              nth(settings, 1, Double.POSITIVE_INFINITY));
      case "HardSigmoid" -> new HardSigmoid(nth(settings, 0, 0.2), nth(settings, 1, 0.5));
      default -> throw at.refuse("activation " + name, "it is none that ONNX Runtime fuses");
    };
  }

  private static double nth(List<Double> settings, int i, double otherwise) {
    return i < settings.size() ? settings.get(i) : otherwise;
  }

  private static List<Value> matMul(OnnxNodeContext at) {
    Value a = turned(at, 0, at.attributes().flag("transBatchA", false), "transA");
    Value b = turned(at, 1, at.attributes().flag("transBatchB", false), "transB");
    Value y = new BorrowedNode(at, "MatMul").on(a, b).get(0);
    return one(new OnnxSteps(at).times(y, at.attributes().number("alpha", 1)));
  }

  /** A first axis that belongs to the matrix goes behind the batch, then the matrix is turned. */
  private static Value turned(OnnxNodeContext at, int i, boolean batch, String attribute) {
    int rank = at.rank(i);
    boolean turn = at.attributes().flag(attribute, false);
    if (rank < 2 || !(turn || (batch && rank > 2))) {
      return at.in(i);
    }
    List<Integer> order = new ArrayList<>(dev.axiomml.interop.layout.AxisOrders.rising(rank));
    if (batch) {
      order.add(rank - 2, order.remove(0));
    }
    if (turn) {
      order.add(rank - 2, order.remove(rank - 1));
    }
    return at.emit(new Permute(order), at.in(i));
  }
}
