package dev.axiomml.interop.onnx.rules.ml;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoublePredicate;

/**
 * Decision trees that ask a row of features, each ending at a leaf with votes.
 *
 * @param nodes the nodes of all trees
 * @param roots where each tree begins
 */
record DecisionForest(List<Node> nodes, List<Integer> roots) {
  DecisionForest {
    nodes = List.copyOf(nodes);
    roots = List.copyOf(roots);
  }

  /** A place in a tree. */
  sealed interface Node permits Branch, Leaf {}

  /**
   * A question.
   *
   * @param feature what it looks at
   * @param test whether a number goes to {@code yes}
   * @param missing whether NaN goes there whatever the test says
   * @param yes a node
   * @param no a node
   */
  record Branch(int feature, DoublePredicate test, boolean missing, int yes, int no)
      implements Node {}

  /**
   * Weights for targets.
   *
   * @param votes in the order of the file
   */
  record Leaf(List<Vote> votes) implements Node {
    Leaf {
      votes = List.copyOf(votes);
    }
  }

  /**
   * A weight for a target.
   *
   * @param target its number
   * @param weight what it adds
   */
  record Vote(int target, double weight) {}

  /** The leaf of a tree for the row that starts at a place among features. */
  Leaf leaf(int root, double[] x, int start) {
    Node node = nodes.get(root);
    while (node instanceof Branch branch) {
      double value = x[start + branch.feature];
      boolean yes = branch.test.test(value) || (branch.missing && Double.isNaN(value));
      node = nodes.get(yes ? branch.yes : branch.no);
    }
    return (Leaf) node;
  }

  /** What is wrong with it for a number of features and targets; empty when nothing is. */
  Optional<String> fault(long features, int targets) {
    Set<Integer> met = new HashSet<>();
    Deque<Integer> open = new ArrayDeque<>(roots);
    while (!open.isEmpty()) {
      int at = open.pop();
      if (at < 0 || at >= nodes.size() || !met.add(at)) {
        return Optional.of("node " + at + " is met twice or is not there");
      }
      if (nodes.get(at) instanceof Branch branch) {
        open.push(branch.yes);
        Optional.of(branch.no).filter(no -> no != branch.yes).ifPresent(open::push);
      }
    }
    if (met.size() < nodes.size()) {
      return Optional.of("nodes that none of " + roots.size() + " roots leads to");
    }
    return nodes.stream()
        .filter(node -> !fits(node, features, targets))
        .findFirst()
        .map(node -> node + " among " + features + " features and " + targets + " targets");
  }

  private static boolean fits(Node node, long features, int targets) {
    if (node instanceof Branch branch) {
      return branch.feature >= 0 && branch.feature < features;
    }
    return ((Leaf) node).votes.stream().allMatch(v -> v.target >= 0 && v.target < targets);
  }
}
