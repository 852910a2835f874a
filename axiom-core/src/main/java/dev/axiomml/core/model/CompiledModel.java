package dev.axiomml.core.model;

import dev.axiomml.core.error.BackendException;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.model.plan.PlanCache;
import dev.axiomml.core.run.Backend;
import dev.axiomml.core.run.BackendId;
import dev.axiomml.core.run.Compilation;
import dev.axiomml.core.run.RoundingDeparture;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model made ready for one backend.
 *
 * <p>Safe to use from many threads at once. A plan is made for each set of input sizes when it is
 * first seen; where only the batch is free, the one for a single sample is made at once, so that a
 * node without a kernel is refused here and not at the first prediction. Ensures are checked on
 * {@code predict} with tensors, not on buffers. Close it to free native memory; closing waits for
 * nobody and predictions that run finish.
 */
public final class CompiledModel implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CompiledModel.class);

  private final Object change = new Object();
  private volatile Model<?> model;
  private final BackendId backend;
  private final PlanCache plans;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final IntFunction<List<Type>> known = this::known;
  private final int fixedBatch;

  private CompiledModel(Model<?> model, BackendId backend, PlanCache plans) {
    this.model = model;
    this.backend = backend;
    this.plans = plans;
    this.fixedBatch = fixedBatch(model);
  }

  /** The rows that the first input is fixed to; 0 where any number may be given. */
  private static int fixedBatch(Model<?> model) {
    Shape shape = model.signature().inputs().get(0).type().shape();
    return shape.rank() > 0 && shape.dim(0).isFixed() ? shape.size(0) : 0;
  }

  private BackendException otherBatch(int batch) {
    return new BackendException(
        new Diagnosis(
            "a batch of " + batch + " for " + model.signature().inputs().get(0),
            "compiled model " + model.name(),
            "the model is fixed to " + fixedBatch + " rows, and a buffer has no sizes of its own",
            "call predict(in, out, " + fixedBatch + "), once for each part of the data"));
  }

  static CompiledModel of(Model<?> model, Backend backend, Compilation options) {
    long start = System.nanoTime();
    BatchCopies batches = new BatchCopies();
    CompiledModel compiled =
        new CompiledModel(
            model,
            backend.id(),
            new PlanCache(model.graphs(), backend, options, sizes -> batches.watch(model, sizes)));
    List<Type> single = compiled.types(1);
    if (single.stream().allMatch(type -> type.shape().isFixed())) {
      compiled.plans.lease(1, compiled.known).close();
    }
    long millis = (System.nanoTime() - start) / 1_000_000;
    LOG.info("compiled {} for {} in {} ms: {}", model.name(), backend.id(), millis, options);
    return compiled;
  }

  /** The backend that runs it. */
  public BackendId backend() {
    return backend;
  }

  /**
   * The first output for one input, batch first. @throws dev.axiomml.core.error.EnsureViolation
   * when an ensure is broken
   */
  public Tensor predict(Tensor x) {
    return predictAll(GivenInputs.of(model.name(), x)).get(0);
  }

  /** All outputs by name for all inputs by name, batch first. */
  public Map<String, Tensor> predictByName(Map<String, Tensor> inputs) {
    return GivenInputs.named(model.signature(), inputs, this::predictAll);
  }

  /** All outputs for all inputs, batch first. */
  public List<Tensor> predictAll(List<Tensor> inputs) {
    requireOpen();
    List<Tensor> given = GivenInputs.of(model.name(), inputs);
    GivenInputs.requireScaled(model.signature(), given);
    List<Tensor> outputs = plans.run(given);
    EnsureChecks.check(model, given, outputs);
    return outputs;
  }

  /**
   * Runs a model of one input between buffers, without copies where the backend can and the buffers
   * are direct. On native kernels, a call allocates nothing once the batch was seen.
   *
   * @param in float32 elements, row-major from the position on
   * @param out receives the first output from its position on; positions do not move
   * @param batch samples in {@code in}
   */
  public void predict(FloatBuffer in, FloatBuffer out, int batch) {
    requireOpen();
    if (fixedBatch > 0 && batch != fixedBatch) {
      throw otherBatch(batch);
    }
    try (PlanCache.Lease lease = plans.lease(batch, known)) {
      lease.plan().run(in, out);
    }
  }

  /**
   * Replaces weights while it is in use, without compiling: a prediction sees all of the old
   * numbers or all of the new ones, and one that begins afterwards the new. What is computed of
   * weights, as the product with a batch norm, is computed again. Outputs are those of the model
   * compiled with these weights, bit for bit.
   *
   * <p>Where numbers change what the network is, as a bias that was zero and left out, its plans
   * are compiled anew before this returns.
   *
   * @param weights by the names of {@link Model#parameters}, each of its weight's shape and element
   *     type; those that are not named stay
   * @throws dev.axiomml.core.error.ModelException when a name is not there, or a tensor is of
   *     another type; nothing is replaced then
   */
  public void replaceWeights(Map<String, Tensor> weights) {
    requireOpen();
    synchronized (change) {
      Model<?> next = model.withWeights(weights);
      plans.replace(next.graphs());
      model = next;
    }
  }

  /** Which nodes run where, fused how, threads, memory; for batch 1. */
  public String report() {
    requireOpen();
    try (PlanCache.Lease lease = plans.lease(1, known)) {
      return lease.plan().report();
    }
  }

  /**
   * The layers that this model computes by algorithms whose rounding proofs do not allow for, each
   * with its bound; for batch 1, as the report. Empty: every proof about the model holds for what
   * this predicts. Levels STRICT and STANDARD have none.
   */
  public List<RoundingDeparture> departures() {
    requireOpen();
    try (PlanCache.Lease lease = plans.lease(1, known)) {
      return lease.plan().departures();
    }
  }

  /** The input types for a batch; other sizes may be free. */
  private List<Type> types(int batch) {
    return model.signature().inputs().stream().map(port -> sized(port.type(), batch)).toList();
  }

  private static Type sized(Type type, int batch) {
    boolean free = type.shape().rank() > 0 && !type.shape().dim(0).isFixed();
    return free ? Type.of(type.shape().with(0, Dim.of(batch)), type.dtype()) : type;
  }

  /** The same where no tensor says the other sizes; they must be known then. */
  private List<Type> known(int batch) {
    List<Type> types = types(batch);
    for (int i = 0; i < types.size(); i++) {
      if (!types.get(i).shape().isFixed()) {
        throw new BackendException(
            new Diagnosis(
                "input " + model.signature().inputs().get(i) + " has sizes that are not known",
                "compiled model " + model.name(),
                "a buffer does not say its sizes; only the batch may vary",
                "predict with tensors, or load the model with input(image(height, width, channels))"
                    + " or --input-shape on the command line"));
      }
    }
    return types;
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException("compiled model " + model.name() + " is closed");
    }
  }

  @Override
  public void close() {
    if (!closed.getAndSet(true)) {
      plans.close();
    }
  }
}
