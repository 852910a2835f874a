package dev.axiomml.verify.bound;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.AffineOp;
import dev.axiomml.core.op.BilinearOp;
import dev.axiomml.core.op.ScalarOp;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A graph of fixed sizes with its nodes made ready once for many boxes; never changes, safe to
 * share.
 */
public final class Forms {
  private final Graph graph;
  private final Map<Node, AffineForm> affine = new HashMap<>();
  private final Map<Node, Curve> curves = new HashMap<>();
  private final Map<Node, Products> products = new HashMap<>();
  private final Map<Value, Node> producers = new HashMap<>();
  private final Map<Node, Long> workBefore = new HashMap<>();

  private Forms(Graph graph) {
    this.graph = graph;
  }

  /** The forms of a graph whose sizes are all fixed. */
  public static Forms of(Graph graph) {
    Forms forms = new Forms(graph);
    long work = 0;
    for (Node node : graph.nodes()) {
      forms.workBefore.put(node, work);
      work += forms.add(node);
    }
    return forms;
  }

  /** Answers the number of products that one backward row costs. */
  private long add(Node at) {
    at.out().forEach(value -> producers.put(value, at));
    if (at.op() instanceof AffineOp) {
      AffineForm form = AffineForm.of(at);
      affine.put(at, form);
      return form.work();
    }
    if (at.op() instanceof ScalarOp f) {
      curves.put(at, new Curve(f));
    } else if (at.op() instanceof BilinearOp) {
      Products form = new Products(at);
      products.put(at, form);
      return 4 * form.work();
    }
    return at.out().stream().mapToLong(v -> v.type().shape().count()).sum();
  }

  /** The graph. */
  public Graph graph() {
    return graph;
  }

  /** The node that makes a value; empty for inputs and constants. */
  public Optional<Node> producer(Value value) {
    return Optional.ofNullable(producers.get(value));
  }

  /** Products that one backward row from a node's operands costs. */
  long workBefore(Node at) {
    return Objects.requireNonNull(workBefore.get(at), at.name());
  }

  AffineForm affine(Node at) {
    return Objects.requireNonNull(affine.get(at), at.name());
  }

  Curve curve(Node at) {
    return Objects.requireNonNull(curves.get(at), at.name());
  }

  Products products(Node at) {
    return Objects.requireNonNull(products.get(at), at.name());
  }
}
