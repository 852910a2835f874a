package dev.axiomml.backend.nd4j;

import dev.axiomml.core.error.BackendException;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.run.Backend;
import dev.axiomml.core.run.BackendId;
import dev.axiomml.core.run.Backends;
import dev.axiomml.core.run.Compilation;
import dev.axiomml.core.run.Plan;
import java.util.List;
import java.util.Optional;

/**
 * Runs float32 graphs on ND4J, an operator at a time.
 *
 * <p>Its arithmetic is ND4J's own: proofs speak of the reference and the native plan, not of it.
 */
public final class Nd4jBackend implements Backend {
  /**
   * For {@link java.util.ServiceLoader}; use {@link Backends#ND4J}. Reads the class path, for
   * ND4J's jars cannot be modules.
   */
  public Nd4jBackend() {
    Class<?> self = Nd4jBackend.class;
    self.getModule().addReads(self.getClassLoader().getUnnamedModule());
  }

  @Override
  public BackendId id() {
    return Backends.ND4J;
  }

  @Override
  public Optional<String> unavailable() {
    try {
      Nd4jArrays.probe();
      return Optional.empty();
    } catch (LinkageError | RuntimeException e) {
      return Optional.of(
          "ND4J does not load ("
              + e
              + "); add org.nd4j:nd4j-native 1.0.0-M2.1 with your platform's classifier");
    }
  }

  @Override
  public Plan compile(Graph graph, Compilation options) {
    List<Node> foreign = graph.nodes().stream().filter(node -> !Nd4jRules.cover(node)).toList();
    if (!foreign.isEmpty() && !options.javaForTheRest()) {
      throw new BackendException(
          new Diagnosis(
              "no ND4J rule for "
                  + foreign.stream().map(n -> n.name() + " (" + n.op().title() + ")").toList(),
              "compile for nd4j",
              "a backend runs the whole graph unless Java may run the rest",
              "pass Compilation.DEFAULT.withJavaForTheRest(), or use Backends.REFERENCE"));
    }
    return new Nd4jPlan(graph, foreign);
  }
}
