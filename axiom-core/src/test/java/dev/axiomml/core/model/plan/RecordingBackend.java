package dev.axiomml.core.model.plan;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.run.Backend;
import dev.axiomml.core.run.BackendId;
import dev.axiomml.core.run.Compilation;
import dev.axiomml.core.run.Plan;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A backend whose plans compute nothing, and which knows what was compiled and closed. */
final class RecordingBackend implements Backend {
  private final Queue<RecordedPlan> plans = new ConcurrentLinkedQueue<>();
  private volatile Meanwhile meanwhile = batch -> {};

  /** Something done by the thread that compiles. */
  interface Meanwhile {
    void compiling(long batch) throws Exception;
  }

  /** Has something done by each compilation from now on. */
  void whileCompiling(Meanwhile work) {
    meanwhile = work;
  }

  /** The batch of each finished compilation. */
  List<Long> compiled() {
    return plans.stream().map(RecordedPlan::batch).toList();
  }

  /** How many plans are not closed. */
  long open() {
    return plans.stream().filter(plan -> !plan.isClosed()).count();
  }

  @Override
  public BackendId id() {
    return new BackendId("recording");
  }

  @Override
  public Optional<String> unavailable() {
    return Optional.empty();
  }

  @Override
  public Plan compile(Graph graph, Compilation options) {
    RecordedPlan plan = new RecordedPlan(graph.inputs().stream().map(Value::type).toList());
    try {
      meanwhile.compiling(plan.batch());
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    plans.add(plan);
    return plan;
  }

  /** A plan that knows whether it was closed. */
  static final class RecordedPlan implements Plan {
    private final List<Type> inputs;
    private volatile boolean closed;

    private RecordedPlan(List<Type> inputs) {
      this.inputs = inputs;
    }

    long batch() {
      return inputs.get(0).shape().size(0);
    }

    boolean isClosed() {
      return closed;
    }

    @Override
    public List<RuntimeValue> run(List<RuntimeValue> in) {
      return in;
    }

    @Override
    public List<Type> inputs() {
      return inputs;
    }

    @Override
    public String report() {
      return "recorded for a batch of " + batch();
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
