package dev.axiomml.core.model;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.run.Backend;
import dev.axiomml.core.run.Compilation;
import dev.axiomml.core.run.Plan;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plans of one graph on one backend, one for each set of input sizes; the most recent few are kept.
 */
final class PlanCache implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PlanCache.class);
  private static final int KEPT = 8;

  private final Graph graph;
  private final Backend backend;
  private final Compilation options;
  private final Map<Map<String, Long>, Lease> plans = new LinkedHashMap<>(16, 0.75f, true);

  PlanCache(Graph graph, Backend backend, Compilation options) {
    this.graph = graph;
    this.backend = backend;
    this.options = options;
  }

  Graph graph() {
    return graph;
  }

  List<Tensor> run(List<Tensor> inputs) {
    try (Lease lease = lease(inputs.stream().map(Tensor::type).toList())) {
      List<RuntimeValue> out = lease.plan().run(new ArrayList<>(inputs));
      return out.stream().map(RuntimeValue::tensor).toList();
    }
  }

  /** The plan for inputs of these types, held until the lease is closed. */
  Lease lease(List<Type> types) {
    Map<String, Long> sizes = graph.symbolsFor(types);
    synchronized (plans) {
      Lease lease =
          plans.computeIfAbsent(
              sizes, s -> new Lease(backend.compile(graph.bind(s).graph(), options)));
      lease.take();
      evict();
      return lease;
    }
  }

  private void evict() {
    Iterator<Map.Entry<Map<String, Long>, Lease>> oldestFirst = plans.entrySet().iterator();
    while (plans.size() > KEPT) {
      Map.Entry<Map<String, Long>, Lease> oldest = oldestFirst.next();
      LOG.info(
          "dropped the plan for {} on {}: more than {} sets of sizes are in use, and a dropped one"
              + " is compiled again when it is next seen",
          oldest.getKey(),
          backend.id(),
          KEPT);
      oldest.getValue().release();
      oldestFirst.remove();
    }
  }

  @Override
  public void close() {
    synchronized (plans) {
      plans.values().forEach(Lease::release);
      plans.clear();
    }
  }

  /** A plan that is closed when no run uses it any more and the cache has let it go. */
  static final class Lease implements AutoCloseable {
    private final Plan plan;
    private int holders = 1;

    Lease(Plan plan) {
      this.plan = plan;
    }

    Plan plan() {
      return plan;
    }

    synchronized void take() {
      holders++;
    }

    synchronized void release() {
      holders--;
      if (holders == 0) {
        plan.close();
      }
    }

    @Override
    public void close() {
      release();
    }
  }
}
