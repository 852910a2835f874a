package dev.axiomml.interop.onnx.rules.ml;

import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.proto.TensorProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;

/** Reads trees from the lists that a node states side by side. */
final class ForestReader {
  private final OnnxNodeContext at;
  private final List<Integer> features;
  private final List<Integer> missing;

  private ForestReader(OnnxNodeContext at) {
    this.at = at;
    this.features = at.attributes().integers("nodes_featureids").orElse(List.of());
    this.missing = flags(features.size());
  }

  /**
   * The trees of a {@code TreeEnsembleRegressor} or a {@code TreeEnsembleClassifier}.
   *
   * @param votes what the names of the lists of votes begin with
   */
  static DecisionForest keyed(OnnxNodeContext at, String votes) {
    return new ForestReader(at).keyed(votes);
  }

  /** The trees of a {@code TreeEnsemble}, whose leaves have lists of their own. */
  static DecisionForest indexed(OnnxNodeContext at) {
    return new ForestReader(at).indexed();
  }

  private List<Integer> whole(String name, int count) {
    return sized(name, at.attributes().integers(name).orElse(List.of()), count);
  }

  private <T> List<T> sized(String name, List<T> list, int count) {
    if (list.size() != count) {
      throw at.refuse(name + " of " + list.size() + " for " + count, "every node has its own");
    }
    return list;
  }

  /** Numbers, which are floats or a tensor of doubles. */
  static Optional<double[]> numbers(OnnxNodeContext at, String name) {
    Optional<double[]> wide =
        at.attributes().tensor(name + "_as_tensor").map(t -> tensor(at, t).toDoubles());
    return wide.or(
        () ->
            at.attributes()
                .numbers(name)
                .map(list -> list.stream().mapToDouble(Float::doubleValue).toArray()));
  }

  static Tensor tensor(OnnxNodeContext at, TensorProto proto) {
    return at.importing().file().tensors().of(proto);
  }

  private double[] numbers(String name, int count) {
    double[] numbers = numbers(at, name).orElse(new double[0]);
    sized(name, Arrays.stream(numbers).boxed().toList(), count);
    return numbers;
  }

  /** Flags that may be left out. */
  private List<Integer> flags(int count) {
    String name = "nodes_missing_value_tracks_true";
    return at.attributes()
        .integers(name)
        .filter(list -> !list.isEmpty())
        .map(list -> sized(name, list, count))
        .orElse(Collections.nCopies(count, 0));
  }

  private record Key(int tree, int node) {}

  private DecisionForest keyed(String votes) {
    int count = features.size();
    List<Integer> trees = whole("nodes_treeids", count);
    List<Integer> ids = whole("nodes_nodeids", count);
    Map<Key, Integer> places = new HashMap<>();
    for (int i = 0; i < count; i++) {
      places.put(new Key(trees.get(i), ids.get(i)), i);
    }
    Map<Integer, List<DecisionForest.Vote>> leaves = votes(votes, places);
    List<String> modes = sized("nodes_modes", modes(), count);
    double[] bounds = numbers("nodes_values", count);
    Children children =
        new Children(
            children("nodes_truenodeids", trees, places),
            children("nodes_falsenodeids", trees, places));
    List<DecisionForest.Node> nodes = new ArrayList<>();
    Set<Integer> below = new HashSet<>();
    for (int i = 0; i < count; i++) {
      if (modes.get(i).equals("LEAF")) {
        nodes.add(new DecisionForest.Leaf(leaves.getOrDefault(i, List.of())));
      } else {
        nodes.add(branch(i, split(modes.get(i)).at(bounds[i]), children));
        below.addAll(List.of(children.yes.get(i), children.no.get(i)));
      }
    }
    return new DecisionForest(
        nodes, IntStream.range(0, count).boxed().filter(i -> !below.contains(i)).toList());
  }

  private record Children(List<Integer> yes, List<Integer> no) {}

  private DecisionForest.Branch branch(int i, DoublePredicate test, Children children) {
    return new DecisionForest.Branch(
        features.get(i), test, missing.get(i) != 0, children.yes.get(i), children.no.get(i));
  }

  private List<String> modes() {
    return at.attributes().texts("nodes_modes").orElse(List.of());
  }

  private TreeQuestion split(String mode) {
    return TreeQuestion.named(mode)
        .orElseThrow(() -> at.refuse("mode " + mode, "six comparisons and LEAF are known"));
  }

  /** The places of children; −1 where there is none. */
  private List<Integer> children(String name, List<Integer> trees, Map<Key, Integer> places) {
    List<Integer> ids = whole(name, trees.size());
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      found.add(places.getOrDefault(new Key(trees.get(i), ids.get(i)), -1));
    }
    return found;
  }

  private Map<Integer, List<DecisionForest.Vote>> votes(String of, Map<Key, Integer> places) {
    List<Integer> trees = at.attributes().integers(of + "_treeids").orElse(List.of());
    List<Integer> ids = whole(of + "_nodeids", trees.size());
    List<Integer> targets = whole(of + "_ids", trees.size());
    double[] weights = numbers(of + "_weights", trees.size());
    Map<Integer, List<DecisionForest.Vote>> all = new HashMap<>();
    for (int i = 0; i < weights.length; i++) {
      int place = places.getOrDefault(new Key(trees.get(i), ids.get(i)), -1);
      all.computeIfAbsent(place, p -> new ArrayList<>())
          .add(new DecisionForest.Vote(targets.get(i), weights[i]));
    }
    return all;
  }

  private DecisionForest indexed() {
    int count = features.size();
    long[] modes = tensor("nodes_modes").toLongs();
    double[] bounds = tensor("nodes_splits").toDoubles();
    double[] weights = tensor("leaf_weights").toDoubles();
    if (modes.length != count || bounds.length != count) {
      throw at.refuse(modes.length + " modes and " + bounds.length + " splits", "one a node");
    }
    List<Integer> targets = whole("leaf_targetids", weights.length);
    Children children = new Children(places("true", count), places("false", count));
    TreeMembers members = new TreeMembers(at);
    List<DecisionForest.Node> nodes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      nodes.add(branch(i, members.test(modes[i], bounds[i]), children));
    }
    for (int i = 0; i < weights.length; i++) {
      nodes.add(
          new DecisionForest.Leaf(List.of(new DecisionForest.Vote(targets.get(i), weights[i]))));
    }
    return new DecisionForest(nodes, at.attributes().integers("tree_roots").orElse(List.of()));
  }

  private Tensor tensor(String name) {
    return at.attributes()
        .tensor(name)
        .map(proto -> tensor(at, proto))
        .orElseThrow(() -> at.refuse(name + " is missing", "the trees are made of it"));
  }

  /** Where children lie: leaves come after all questions. */
  private List<Integer> places(String side, int count) {
    List<Integer> ids = whole("nodes_" + side + "nodeids", count);
    List<Integer> leaves = whole("nodes_" + side + "leafs", count);
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      found.add(leaves.get(i) != 0 ? count + ids.get(i) : ids.get(i));
    }
    return found;
  }
}
