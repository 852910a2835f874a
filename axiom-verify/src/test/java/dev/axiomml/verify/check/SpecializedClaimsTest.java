package dev.axiomml.verify.check;

import static dev.axiomml.verify.check.BothSides.assertRefused;
import static dev.axiomml.verify.check.BothSides.prove;
import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.model.Signature;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.OutputKind;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.verify.cert.ProofMethod;
import dev.axiomml.verify.cert.ProofTree;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Claims about models that have a graph for arrays of given types only. */
class SpecializedClaimsTest {
  private static final String CLAIM = "∀x ∈ [0,1]. output[0] <= 1.001";

  /** What a file's node is before sizes are known. */
  private record Waiting() implements RunOp {
    @Override
    public List<Type> infer(List<Type> in) {
      return List.of(new Type.OfElements(DType.FLOAT32));
    }

    @Override
    public List<RuntimeValue> run(List<RuntimeValue> in) {
      throw new IllegalStateException("it has no operators yet");
    }

    @Override
    public String whyNoBound() {
      return "its operators are not known";
    }
  }

  /** One row is rectified and has its axis dropped; several are doubled. */
  private static Graph emitted(List<Type> types) {
    GraphBuilder builder = Graph.builder();
    Value x = builder.input("x", types.get(0));
    Shape shape = types.get(0).shape();
    Value y =
        shape.size(0) == 1
            ? builder
                .add(
                    "flat",
                    new Reshape(shape.sub(1, 2)),
                    builder.add("relu", new Relu(), List.of(x)))
                .get(0)
            : builder.add("twice", new Add(), List.of(x, x)).get(0);
    return builder.build(List.of(y));
  }

  private static Model<Output> model(Dim width) {
    GraphBuilder builder = Graph.builder();
    Value x = builder.input("x", Type.float32(Shape.of(Dim.symbol("N"), width)));
    Value y = builder.add("waits", new Waiting(), List.of(x)).get(0);
    Signature<Output> signature =
        new Signature<>("rows", List.of(port(x)), List.of(port(y)), OutputKind.OUTPUT);
    return Model.of(signature, builder.build(List.of(y)), SpecializedClaimsTest::emitted);
  }

  private static Port port(Value value) {
    return new Port(value.name(), value.type(), List.of(), Optional.empty());
  }

  @Test
  void predictions_run_the_graph_of_their_types() {
    Model<Output> model = model(Dim.of(2));
    assertThat(model.predict(Tensor.of(Shape.of(1, 2), -1f, 2f)))
        .isEqualTo(Tensor.of(Shape.of(2), 0f, 2f));
    assertThat(model.predict(Tensor.of(Shape.of(2, 2), -1f, 2f, 3f, 4f)))
        .isEqualTo(Tensor.of(Shape.of(2, 2), -2f, 4f, 6f, 8f));
  }

  @Test
  void a_proof_is_of_the_types_of_one_sample_alone_and_says_so() {
    Verdict verdict = prove(model(Dim.of(2)), CLAIM);
    assertThat(verdict).isInstanceOf(Verdict.Proved.class);
    assertThat(verdict.toString()).contains("of inputs [float32 1×2] alone");
    CheckResult result =
        Grown.check(model(Dim.of(2)), CLAIM, new ProofTree.Leaf(ProofMethod.LINEAR));
    assertThat(result.isValid()).as(result.toString()).isTrue();
    assertThat(result.toString()).contains("of inputs [float32 1×2] alone");
  }

  @Test
  void what_one_sample_breaks_is_refuted() {
    assertThat(prove(model(Dim.of(2)), "∀x ∈ [0,1]. output[0] <= 0.5"))
        .isInstanceOf(Verdict.Refuted.class);
  }

  @Test
  void nothing_is_said_while_a_size_is_open() {
    assertRefused(model(Dim.symbol("width")), CLAIM);
  }
}
