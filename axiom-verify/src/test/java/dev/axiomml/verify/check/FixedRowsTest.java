package dev.axiomml.verify.check;

import static dev.axiomml.verify.check.BothSides.assertProved;
import static dev.axiomml.verify.check.BothSides.assertRefused;
import static dev.axiomml.verify.check.BothSides.prove;
import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.move.Roll;
import dev.axiomml.core.op.move.Trilu;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.reduce.CumSum;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.Certificate;
import dev.axiomml.verify.cert.CertificateDocument;
import dev.axiomml.verify.cert.Claim;
import dev.axiomml.verify.cert.ProofMethod;
import dev.axiomml.verify.cert.ProofSemantics;
import dev.axiomml.verify.cert.ProofTree;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Inputs that have no batch, or one row of it, beside others that do. */
class FixedRowsTest {
  private static final Dim N = Dim.symbol("N");
  private static final ProofTree LEAF = new ProofTree.Leaf(ProofMethod.LINEAR);
  private static final String KEEPS = "∀x ∈ [0.995,1]. output[0] >= 0.99";

  /** Two inputs, of which one is one row for all samples, two rows, or rows of another name. */
  private static Model<Output> pair(Shape second, BiFunction<NetParts, Value, Value> end) {
    NetParts parts = new NetParts(Shape.of(N, Dim.of(3)), second);
    Value sum = parts.add(new Add(), parts.in(0), parts.in(1));
    return parts.model(end.apply(parts, sum));
  }

  private static final String PAIR = "∀x ∈ [0,1]. output[0] <= 2.001";

  @Test
  void an_input_of_one_row_stands_beside_every_row() {
    assertProved(pair(Shape.of(1, 3), (parts, sum) -> sum), PAIR);
    assertProved(pair(Shape.of(Dim.symbol("M"), Dim.of(3)), (parts, sum) -> sum), PAIR);
    assertRefused(
        pair(Shape.of(1, 3), (parts, sum) -> parts.add(new CumSum(0, false, false), sum)), PAIR);
  }

  @Test
  void an_input_of_two_rows_stands_beside_none() {
    assertRefused(pair(Shape.of(2, 3), (parts, sum) -> sum), PAIR);
  }

  /** Mutation: the checker looks at symbols alone, of which there are none. */
  @Test
  void an_input_of_two_rows_beside_one_row_is_refused() {
    NetParts parts = new NetParts(Shape.of(1, 3), Shape.of(2, 3));
    Model<Output> model = parts.model(parts.add(new Add(), parts.in(0), parts.in(1)));
    String forged =
        Grown.document(model, PAIR, ProofSemantics.FLOAT32, LEAF).toJson(Optional.empty(), true);
    CheckResult result = Certificate.parse(forged).check(model);
    assertThat(result.established()).isEmpty();
    assertThat(result.toString()).contains("2 rows");
  }

  @Test
  void an_input_as_wide_as_there_are_rows_has_no_rows() {
    NetParts parts = new NetParts(Shape.of(N, N));
    assertRefused(parts.model(parts.add(new Relu(), parts.in(0))), KEEPS);
  }

  private static Model<Output> fixed(long rows, Op op) {
    NetParts parts = new NetParts(Shape.of(rows, 3));
    return parts.model(parts.add(op, parts.in(0)));
  }

  @Test
  void a_fixed_input_of_one_row_is_spoken_of_as_it_is() {
    assertProved(fixed(1, new Trilu(true, 0)), KEEPS);
    assertThat(prove(fixed(1, new Trilu(true, 0)), KEEPS))
        .isInstanceOfSatisfying(
            Verdict.Proved.class,
            proved -> assertThat(proved.method()).contains("of exactly one row"));
    assertThat(Grown.check(fixed(1, new Trilu(true, 0)), KEEPS, LEAF).toString())
        .startsWith("valid: 1 PROVED")
        .contains("; of exactly one row, as its input is fixed; float32 execution");
    assertThat(Grown.check(pair(Shape.of(1, 3), (parts, sum) -> sum), PAIR, LEAF).toString())
        .startsWith("valid: 1 PROVED")
        .doesNotContain("exactly one row");
  }

  @Test
  void a_fixed_input_of_two_rows_is_refused_by_both() {
    Model<Output> two = fixed(2, new Roll(List.of(0), List.of(2)));
    String claim = "∀x ∈ [0.995,1]. output[0] >= 0.99";
    assertThat(prove(two, claim))
        .isInstanceOfSatisfying(
            Verdict.Unknown.class, open -> assertThat(open.reason()).contains("2 rows"));
    CheckResult result = Grown.check(two, claim, LEAF);
    assertThat(result.isValid()).isFalse();
    assertThat(result.toString()).contains("2 rows");
  }

  /** As a guard says it of each row of the prediction. */
  @Test
  void a_counterexample_of_two_rows_is_one_where_a_row_breaks_the_claim() {
    assertThat(refuted("∀x ∈ [0,1]. output[0] >= 0.5", 1, 1, 1, 0, 0, 0)).startsWith("refuted");
    assertThat(refuted("∀x ∈ [0,1]. output[0] >= 0.5", 1, 0, 0, 1, 0, 0)).startsWith("not valid");
    assertThat(refuted("∀x ∈ [0,1]. output[0] >= x[1]", 0, 0, 0, 0, 1, 0)).startsWith("refuted");
    assertThat(refuted("∀x ∈ [0,1]. output[0] >= 0.5", 2, 0, 0, 0, 0, 0)).startsWith("not valid");
    assertThat(refuted("lipschitz(0.1, 2)", 0, 0, 0, 0, 0, 0)).contains("2 rows");
  }

  private static String refuted(String claim, float... x) {
    Model<Output> two = fixed(2, new Relu());
    Tensor input = Tensor.of(Shape.of(2, 3), x);
    Verdict broken = new Verdict.Refuted(List.of(input), two.predictAll(List.of(input)));
    Claim made = new Claim(PropertyText.theorem(claim), broken, Optional.empty(), 0, 0);
    return Checker.check(CertificateDocument.of(two, List.of(made)), two).toString();
  }
}
