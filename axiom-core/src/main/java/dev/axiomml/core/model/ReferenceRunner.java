package dev.axiomml.core.model;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.pass.PassPipelines;
import dev.axiomml.core.run.Backend;
import dev.axiomml.core.run.Compilation;
import dev.axiomml.core.run.ReferenceBackend;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a model on the reference backend; derives the inference graph once, when it is first needed.
 */
final class ReferenceRunner {
  private final Graph training;
  private volatile @Nullable PlanCache plans;

  ReferenceRunner(Graph training) {
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
    Backend reference = new ReferenceBackend();
    Graph inference = PassPipelines.inference(training).graph();
    return new PlanCache(inference, reference, Compilation.DEFAULT);
  }
}
