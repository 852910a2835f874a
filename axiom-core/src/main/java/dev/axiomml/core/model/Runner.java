package dev.axiomml.core.model;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.pass.Passes;
import dev.axiomml.core.run.Backend;
import dev.axiomml.core.run.Compilation;
import dev.axiomml.core.run.Reference;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a model on the reference backend; derives the inference graph once, when it is first needed.
 */
final class Runner {
  private final Graph training;
  private volatile @Nullable PlanCache plans;

  Runner(Graph training) {
    this.training = training;
  }

  Graph inference() {
    return plans().graph();
  }

  List<Tensor> run(List<Tensor> inputs) {
    return plans().run(inputs);
  }

  private PlanCache plans() {
    PlanCache ready = plans;
    if (ready != null) {
      return ready;
    }
    synchronized (this) {
      PlanCache again = plans;
      PlanCache made = again != null ? again : fresh();
      plans = made;
      return made;
    }
  }

  private PlanCache fresh() {
    Backend reference = new Reference();
    return new PlanCache(Passes.inference(training), reference, Compilation.DEFAULT);
  }
}
