package dev.axiomml.interop.onnx.rules.attention;

import static java.util.Map.entry;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.index.Gather;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.onnx.file.OnnxElementTypes;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxRule;
import dev.axiomml.interop.onnx.node.OnnxSteps;
import dev.axiomml.interop.onnx.proto.GraphProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Attention in all its forms, put together from products and softmax. */
public final class AttentionRules {
  public static final Map<String, OnnxRule> TABLE =
      Map.ofEntries(
          entry("Attention", at -> AttentionRule.of(at).emit()),
          entry("CausalConvWithState", RecurrentLayers::convolved),
          entry("LinearAttention", RecurrentLayers::attended),
          entry("RotaryEmbedding", AttentionRules::rotary));

  /** Operators of the domain of previews. */
  public static final Map<String, OnnxRule> PREVIEW =
      Map.ofEntries(entry("FlexAttention", AttentionRules::flexible));

  private AttentionRules() {}

  /** Products of queries and keys, each with the root of the scale, as the standard says. */
  static Value scores(OnnxNodeContext at, Value query, Value key) {
    OnnxSteps steps = new OnnxSteps(at);
    Dim width = OnnxSteps.shape(query).dim(-1);
    if (!width.isFixed()) {
      throw at.later("heads of the free size " + width, "the scale follows from it");
    }
    double scale = at.attributes().number("scale", 1 / Math.sqrt((double) width.value()));
    Value turned = steps.permute(key, 0, 1, 3, 2);
    Value scaled = steps.times(query, Math.sqrt(scale));
    return steps.product(scaled, steps.times(turned, Math.sqrt(scale)));
  }

  /** Keys or values for every head of the queries, neighbouring heads sharing one. */
  static Value shared(OnnxNodeContext at, Value query, Value key) {
    Dim many = OnnxSteps.shape(query).dim(1);
    Dim few = OnnxSteps.shape(key).dim(1);
    if (many.equals(few)) {
      return key;
    }
    boolean fits = many.isFixed() && few.isFixed() && many.value() % few.value() == 0;
    if (!fits) {
      throw at.refuse(
          many + " heads of queries on " + few + " heads of keys",
          "the first number must be a multiple of the second");
    }
    return new OnnxSteps(at).repeat(key, 1, many.value() / few.value());
  }

  static Optional<DType> precision(OnnxNodeContext at) {
    return Optional.of(at.attributes().integer("softmax_precision", 0))
        .filter(n -> n != 0)
        .map(
            n ->
                OnnxElementTypes.of(n)
                    .filter(DType::isFloat)
                    .orElseThrow(
                        () -> at.refuse("softmax_precision " + n, "it is no float type's number")));
  }

  private static List<Value> flexible(OnnxNodeContext at) {
    OnnxSteps steps = new OnnxSteps(at);
    DType own = at.dtype(0);
    DType wide = precision(at).orElse(own == DType.FLOAT64 ? DType.FLOAT64 : DType.FLOAT32);
    Value key = shared(at, at.in(0), at.in(1));
    Value value = steps.cast(shared(at, at.in(0), at.in(2)), wide);
    Value scores = steps.cast(scores(at, at.in(0), key), wide);
    Value shares = at.emit(new Softmax(3, true), changed(at, "score_mod", scores));
    Value y = steps.product(changed(at, "prob_mod", shares), value);
    return List.of(steps.cast(y, at.dtype(2)));
  }

  private static Value changed(OnnxNodeContext at, String by, Value x) {
    Optional<GraphProto> graph = at.attributes().graph(by);
    return graph.map(g -> at.importing().subgraph(g, List.of(x)).get(0)).orElse(x);
  }

  /** Pairs of numbers of each head turned by an angle that follows from the position. */
  private static List<Value> rotary(OnnxNodeContext at) {
    OnnxSteps steps = new OnnxSteps(at);
    boolean packed = at.rank(0) == 3;
    Value x = packed ? unpacked(at) : at.in(0);
    Dim width = OnnxSteps.shape(x).dim(3);
    int stated = at.attributes().integer("rotary_embedding_dim", 0);
    Dim turning = stated == 0 ? width : Dim.of(stated);
    int heads = packed ? 2 : 1;
    Value cosine = steps.unsqueeze(angles(at, 1), heads);
    Value sine = steps.unsqueeze(angles(at, 2), heads);
    boolean pairs = at.attributes().flag("interleaved", false);
    Dim half = turning.floorDiv(2);
    Value first = at.emit(new Slice(3, Dim.ZERO, half, pairs ? 2 : 1), x);
    Value second = at.emit(new Slice(3, pairs ? Dim.ONE : half, half, pairs ? 2 : 1), x);
    Value real = steps.minus(steps.times(first, cosine), steps.times(second, sine));
    Value imaginary = steps.plus(steps.times(first, sine), steps.times(second, cosine));
    Value turned = pairs ? interleaved(steps, real, imaginary) : steps.concat(3, real, imaginary);
    Value y =
        turning.equals(width)
            ? turned
            : steps.concat(3, turned, steps.slice(x, 3, turning, width.minus(turning)));
    return List.of(steps.reshape(y, at.shape(0)));
  }

  private static Value unpacked(OnnxNodeContext at) {
    int heads = at.attributes().integer("num_heads", 0);
    if (heads <= 0) {
      throw at.refuse("RotaryEmbedding of rank 3 without num_heads", "it says how to unpack");
    }
    List<Dim> dims = new ArrayList<>(at.shape(0).sub(0, 2).dims());
    dims.add(Dim.of(heads));
    dims.add(at.shape(0).dim(2).floorDiv(heads));
    return new OnnxSteps(at).reshape(at.in(0), new Shape(dims));
  }

  /** Cosines or sines of each position (N, S, half), by number where numbers are given. */
  private static Value angles(OnnxNodeContext at, int table) {
    return at.has(3) ? at.emit(new Gather(0), at.in(table), at.in(3)) : at.in(table);
  }

  private static Value interleaved(OnnxSteps steps, Value a, Value b) {
    Shape shape = OnnxSteps.shape(a);
    Value pairs = steps.concat(4, steps.unsqueeze(a, 4), steps.unsqueeze(b, 4));
    return steps.reshape(pairs, shape.with(3, shape.dim(3).times(2)));
  }
}
