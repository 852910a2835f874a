package dev.axiomml.interop.onnx.rules.ml;

import static java.util.Map.entry;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxRule;
import dev.axiomml.interop.onnx.rules.PickRules;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Decision trees and forests, which are only run. */
public final class TreeRules {
  public static final Map<String, OnnxRule> TABLE =
      Map.ofEntries(
          entry("TreeEnsemble", TreeRules::ensemble),
          entry("TreeEnsembleClassifier", TreeRules::classifier),
          entry("TreeEnsembleRegressor", TreeRules::regressor));

  private static final int MOST_TARGETS = 1 << 20;

  private TreeRules() {}

  private static int targets(OnnxNodeContext at) {
    int targets = at.attributes().integer("n_targets", 1);
    if (targets < 1 || targets > MOST_TARGETS) {
      throw at.refuse("n_targets " + targets, "1 to " + MOST_TARGETS + " are known");
    }
    return targets;
  }

  /** What sums round to; integers count as float32. */
  private static DType wide(OnnxNodeContext at) {
    return at.dtype(0) == DType.FLOAT64 ? DType.FLOAT64 : DType.FLOAT32;
  }

  private static DecisionForest checked(OnnxNodeContext at, DecisionForest forest, int targets) {
    if (at.rank(0) != 2) {
      throw at.refuse(at.op() + " on " + at.shape(0), "it reads rows of features");
    }
    Dim features = at.shape(0).dim(1);
    if (!features.isFixed()) {
      throw at.refuse(at.op() + " on " + features + " features", "their number must be known");
    }
    forest
        .fault(features.value(), targets)
        .ifPresent(
            fault -> {
              throw at.refuse("trees with " + fault, "they must end at leaves");
            });
    return forest;
  }

  private static List<Value> regressor(OnnxNodeContext at) {
    int targets = targets(at);
    String how = at.attributes().text("aggregate_function", "SUM");
    TreeVotes.How joined =
        Stream.of(TreeVotes.How.values())
            .filter(h -> h.name().equals(how))
            .findFirst()
            .orElseThrow(() -> at.refuse("aggregate_function " + how, "four are known"));
    double[] base = base(at, targets);
    TreeVotes ballot = new TreeVotes(joined, base, wide(at), targets);
    return scores(at, ForestReader.keyed(at, "target"), ballot, DType.FLOAT32);
  }

  private static List<Value> ensemble(OnnxNodeContext at) {
    int targets = targets(at);
    int how = at.attributes().integer("aggregate_function", 1);
    List<TreeVotes.How> known = List.of(TreeVotes.How.values());
    if (how < 0 || how >= known.size()) {
      throw at.refuse("aggregate_function " + how, "0 to 3 are known");
    }
    TreeVotes ballot = new TreeVotes(known.get(how), new double[targets], wide(at), targets);
    return scores(at, ForestReader.indexed(at), ballot, at.dtype(0));
  }

  /** What is added in the end, 0 where nothing is stated. */
  private static double[] base(OnnxNodeContext at, int count) {
    double[] base = ForestReader.numbers(at, "base_values").orElse(new double[0]);
    if (base.length != 0 && base.length != count) {
      throw at.refuse(base.length + " base_values", "there are none or " + count + " here");
    }
    return Arrays.copyOf(base, count);
  }

  private static List<Value> scores(
      OnnxNodeContext at, DecisionForest read, TreeVotes ballot, DType to) {
    DecisionForest forest = checked(at, read, ballot.targets());
    ScorePostTransform ending = ending(at);
    Shape shape = Shape.of(at.shape(0).dim(0), Dim.of(ballot.targets()));
    return at.run(
        List.of(Type.of(shape, to)),
        (settings, in) -> {
          FeatureRows rows = FeatureRows.of(in.get(0).orElseThrow().tensor());
          double[][] y = rows.each((x, start) -> ending.of(ballot.count(forest, x, start)));
          return List.of(rows.table(y, ballot.targets(), to));
        });
  }

  /** In newer operators it is a number. */
  private static ScorePostTransform ending(OnnxNodeContext at) {
    int number = at.attributes().integer("post_transform", 0);
    String name = at.attributes().text("post_transform", "");
    List<ScorePostTransform> all = List.of(ScorePostTransform.values());
    boolean known = name.isEmpty() && number >= 0 && number < all.size();
    return known
        ? all.get(number)
        : ScorePostTransform.named(name)
            .orElseThrow(() -> at.refuse("post_transform " + name + number, "five are known"));
  }

  private static List<Value> classifier(OnnxNodeContext at) {
    Tensor labels = MlRules.labels(at, "classlabels_int64s");
    int classes = labels.size();
    if (classes < 2) {
      throw at.refuse("classes: " + classes, "a classifier tells two or more apart");
    }
    DecisionForest forest = checked(at, ForestReader.keyed(at, "class"), classes);
    double[] base = Arrays.copyOf(base(at, TreeElection.bases(forest, classes)), classes);
    TreeElection election =
        TreeElection.of(
            new TreeVotes(TreeVotes.How.SUM, base, wide(at), classes), forest, ending(at));
    Dim batch = at.shape(0).dim(0);
    Type label = Type.of(Shape.of(batch), labels.dtype());
    Type scores = Type.of(Shape.of(batch, Dim.of(classes)), DType.FLOAT32);
    return at.run(
        List.of(label, scores),
        (settings, in) -> {
          FeatureRows rows = FeatureRows.of(in.get(0).orElseThrow().tensor());
          double[][] y = rows.each(election::scores);
          int[] best =
              IntStream.range(0, rows.count())
                  .map(i -> election.best(rows.x(), i * rows.width()))
                  .toArray();
          return List.of(PickRules.rows(labels, 0, best), rows.table(y, classes, DType.FLOAT32));
        });
  }
}
