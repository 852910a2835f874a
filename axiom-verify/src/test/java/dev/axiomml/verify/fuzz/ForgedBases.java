package dev.axiomml.verify.fuzz;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.property.Term;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.Certificate;
import dev.axiomml.verify.cert.Claim;
import dev.axiomml.verify.cert.Proof;
import dev.axiomml.verify.cert.ProofMethod;
import dev.axiomml.verify.cert.ProofSemantics;
import dev.axiomml.verify.cert.ProofTree;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Certificates that nobody proved, to be changed further: well-known formulas, and thresholds at
 * what the model answers, on wide regions, narrow ones and single inputs.
 */
record ForgedBases(Model<Output> model, Random random) {
  private static final List<String> FORMULAS =
      List.of(
          "output[0] <= 1.5",
          "output[0] == output[0]",
          "output[0] - output[0] <= 0",
          "argmax(output) == 0",
          "finite(output)",
          "no_nan(output)",
          "valid_probabilities(output)",
          "sum(output) ~= 1",
          "max(output) <= 100 and min(output) >= -100",
          "norm2(output) <= 3 or not output[0] < 0",
          "x[0] <= 0.5",
          "x[0] >= 0.5 implies output[0] >= 0",
          "max(softmax(x)) <= 1",
          "sum(softmax(x)) ~= 1");
  private static final List<Region> WIDE =
      List.of(new Region.Range(0, 1), new Region.Everything(), new Region.Range(0.1, 0.1));
  private static final Formula.Relation[] RELATIONS = {
    Formula.Relation.LT, Formula.Relation.LE, Formula.Relation.GT, Formula.Relation.GE
  };

  /** One certificate. */
  String next() {
    return switch (random.nextInt(12)) {
      case 0, 1 -> refuted();
      case 2, 3, 4 -> tuned();
      case 5 -> beside();
      default -> known();
    };
  }

  private String known() {
    Region region = given(WIDE.get(random.nextInt(WIDE.size())));
    for (int i = 0; i < 50; i++) {
      Formula formula = PropertyText.formula(FORMULAS.get(random.nextInt(FORMULAS.size())));
      boolean free = PropertyText.of(formula).contains("softmax(x)");
      if (free || model.understands(formula)) {
        return wished(new Theorem<>(region, formula));
      }
    }
    return tuned();
  }

  /** An element against what the model answers somewhere in the region. */
  private String tuned() {
    Region region = region();
    List<Tensor> x =
        new RegionSamples(model, random).inputs(region, random.nextInt(4)).orElseThrow();
    Tensor y = model.predictAll(x).get(0);
    int element = random.nextInt(y.size() / y.shape().size(0));
    float seen = y.floatAt(element);
    float end = Float.isFinite(seen) ? seen : 0;
    float near = Steps.pick(random, end, Math.nextUp(end), Math.nextDown(end));
    List<Integer> index = new ArrayList<>();
    for (int axis = y.shape().rank() - 1, rest = element; axis > 0; axis--) {
      index.add(0, rest % y.shape().size(axis));
      rest /= y.shape().size(axis);
    }
    Term threshold =
        new Term.Constant(Float.isFinite(near) ? new BigDecimal(near) : BigDecimal.ZERO);
    Formula.Relation relation = RELATIONS[random.nextInt(RELATIONS.length)];
    Term term = new Term.Element(Subject.OUTPUT, index);
    return wished(new Theorem<>(region, new Formula.Compare(term, relation, threshold)));
  }

  /** An input that is said to be nowhere between a number and another near it, cut there. */
  private String beside() {
    float cut = random.nextFloat();
    float end = Steps.pick(random, Math.nextUp(cut), cut + 1e-4f, cut + 0.01f);
    Formula formula =
        new Formula.Or(first(Formula.Relation.LE, cut), first(Formula.Relation.GE, end));
    if (!model.understands(formula)) {
      return tuned();
    }
    ProofTree leaf = new ProofTree.Leaf(ProofMethod.INTERVAL);
    float at = random.nextBoolean() ? cut : end;
    return wished(
        new Theorem<>(given(WIDE.get(0)), formula), new ProofTree.Split(0, 0, at, leaf, leaf));
  }

  private Formula first(Formula.Relation relation, float number) {
    int rank = model.signature().inputs().get(0).type().shape().rank();
    Term element = new Term.Element(Subject.INPUT, Collections.nCopies(rank - 1, 0));
    return new Formula.Compare(element, relation, new Term.Constant(new BigDecimal(number)));
  }

  private Region region() {
    float x = (float) (random.nextInt(3) > 0 ? random.nextDouble() : 4 * random.nextGaussian());
    float width = random.nextInt(3) > 0 ? 0 : random.nextFloat();
    if (random.nextBoolean() || model.signature().inputs().size() > 1) {
      return given(new Region.Range(x, x + width));
    }
    Tensor center = Tensor.random(one(), random.nextLong(), -1, 1);
    Region.Norm norm = Region.Norm.values()[random.nextInt(3)];
    return new Region.Ball(norm, center, random.nextInt(3) == 0 ? 0.001 : width);
  }

  /** With what inputs are given of a model that has some for it. */
  private Region given(Region others) {
    Region region = others;
    for (Map.Entry<String, Tensor> value : SeveralInputs.given(model, random).entrySet()) {
      region = region.given(value.getKey(), value.getValue());
    }
    return region;
  }

  private Shape one() {
    Shape shape = model.signature().inputs().get(0).type().shape();
    int[] sizes = new int[shape.rank()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = shape.dim(i).isFixed() ? shape.size(i) : 1;
    }
    return Shape.of(sizes);
  }

  /** An input at which a claim breaks, with what the model answers there, if it is given that. */
  private String refuted() {
    Region region = given(WIDE.get(0));
    List<Tensor> x =
        new RegionSamples(model, random).inputs(region, random.nextInt(4)).orElseThrow();
    Region claimed = random.nextInt(4) == 0 ? given(WIDE.get(0)) : region;
    Theorem<Output> theorem = new Theorem<>(claimed, PropertyText.formula("max(output) <= -1000"));
    Verdict verdict = new Verdict.Refuted(x, model.predictAll(x));
    return Certificate.of(model, List.of(new Claim(theorem, verdict, Optional.empty(), 0, 0)))
        .toJson();
  }

  private String wished(Theorem<Output> theorem) {
    return wished(theorem, tree(2));
  }

  private String wished(Theorem<Output> theorem, ProofTree tree) {
    boolean real = random.nextInt(4) == 0;
    Verdict verdict = real ? new Verdict.ProvedOverReals("w") : new Verdict.Proved("w");
    Proof proof = new Proof(theorem, real ? ProofSemantics.REAL : ProofSemantics.FLOAT32, tree);
    return Certificate.of(model, List.of(new Claim(theorem, verdict, Optional.of(proof), 0, 0)))
        .toJson();
  }

  private ProofTree tree(int depth) {
    if (depth == 0 || random.nextBoolean()) {
      return new ProofTree.Leaf(ProofMethod.values()[random.nextInt(ProofMethod.values().length)]);
    }
    float at = random.nextBoolean() ? 0.5f : random.nextFloat();
    return new ProofTree.Split(0, 0, at, tree(depth - 1), tree(depth - 1));
  }
}
