package dev.axiomml.verify.cert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Signature;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.norm.BatchNorm;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.op.scalar.Sigmoid;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.Nets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContentHashTest {
  private static final Tensor W = Tensor.of(Shape.of(2, 2), 1, 2, 3, 4);
  private static final Tensor B = Tensor.of(Shape.of(2), 5, 6);

  private static Model<Output> norm(double epsilon) {
    Parameter variance = new Parameter("variance", Tensor.of(Shape.of(2), 1, 2));
    return Nets.from(2)
        .relu()
        .then("norm", new BatchNorm(epsilon), new Parameter("mean", B), variance)
        .model();
  }

  private static Model<Output> flat(int... sizes) {
    return Nets.from(2, 3)
        .then("flat", new Reshape(Shape.of(Dim.symbol("N")).concat(Shape.of(sizes))))
        .model();
  }

  private static Model<Output> dense(Tensor weight, Tensor bias) {
    return Nets.from(2).dense(weight, bias).model();
  }

  private static Model<Output> scaled(String name) {
    return Nets.from(2)
        .then("s", new Mul(), new Parameter(name, B))
        .then("t", new Add(), new Parameter("b", B))
        .model();
  }

  /** Models that differ in one small thing each. */
  private static List<Model<Output>> different() {
    List<Model<Output>> models = new ArrayList<>();
    models.add(dense(W, B));
    models.add(dense(Tensor.of(Shape.of(2, 2), 1, 2, 3, Math.nextUp(4f)), B));
    models.add(dense(W, Tensor.of(Shape.of(2), Math.nextDown(5f), 6)));
    models.add(dense(Tensor.of(Shape.of(2, 2), 1, 3, 2, 4), B));
    models.add(Nets.from(2).dense(W, B).model(Optional.of(new Region.Range(0, 1))));
    models.add(Nets.from(2).dense(W, B).relu().model());
    models.add(Nets.from(2).dense(W, B).then("positive", new Relu()).model());
    models.add(Nets.from(2).dense(W, B).then("relu", new Sigmoid()).model());
    models.add(Nets.from(2).relu().dense(W, B).model());
    models.add(Nets.from(3, 2).dense(W, B).model());
    models.add(Nets.from(2).then("dense", new Dense(), new Parameter("w0", W)).model());
    models.add(scaled("w"));
    models.add(scaled("v"));
    models.add(norm(1e-5));
    models.add(norm(1.1e-5));
    models.add(flat(6));
    models.add(flat(3, 2));
    models.add(flat(1, 6));
    models.add(Nets.from(2, 2).then("p", new Softmax(-1)).model());
    models.add(Nets.from(2, 2).then("p", new Softmax(-2)).model());
    return models;
  }

  @Test
  void models_that_differ_in_one_small_thing_have_different_hashes() {
    List<String> hashes = different().stream().map(ContentHash::of).toList();
    assertThat(new HashSet<>(hashes)).hasSameSizeAs(hashes);
    assertThat(hashes).allMatch(hash -> hash.matches("[0-9a-f]{64}"));
  }

  @Test
  void a_model_built_again_has_the_same_hash() {
    List<String> once = different().stream().map(ContentHash::of).toList();
    assertThat(different().stream().map(ContentHash::of).toList()).isEqualTo(once);
    assertThat(ContentHash.of(Nets.image(1))).isEqualTo(ContentHash.of(Nets.image(1)));
  }

  @Test
  void what_is_claimed_is_no_part_of_the_model() {
    Model<Output> model = Nets.image(1);
    assertThat(ContentHash.of(model.ensure("no_nan(output)"))).isEqualTo(ContentHash.of(model));
    Signature<Output> is = model.signature();
    Signature<Output> renamed = new Signature<>("other", is.inputs(), is.outputs(), is.kind());
    assertThat(ContentHash.of(Model.of(renamed, model.graph()))).isEqualTo(ContentHash.of(model));
    Model<Output> scores = Nets.from(3).then("p", new Softmax(-1)).model();
    assertThat(ContentHash.of(scores.asClassifier())).isEqualTo(ContentHash.of(scores));
  }
}
