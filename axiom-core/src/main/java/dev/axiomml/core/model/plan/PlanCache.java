package dev.axiomml.core.model.plan;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.ReplacedTensors;
import dev.axiomml.core.run.Backend;
import dev.axiomml.core.run.Compilation;
import dev.axiomml.core.run.Plan;
import dev.axiomml.core.run.PlanFactory;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plans of one model on one backend, one for each set of input sizes; the most recent few are kept.
 *
 * <p>A plan is compiled by the first thread that wants it, outside of any lock: others that want
 * the same sizes wait for that thread, those that want other sizes do not. A batch that was seen
 * before finds its plan without a lock and without allocation.
 */
public final class PlanCache implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PlanCache.class);
  private static final int KEPT = 8;

  private final Backend backend;
  private final PlanFactory factory;
  private final Consumer<Map<String, Long>> specialized;
  private final AtomicLong uses = new AtomicLong();
  private final Object change = new Object();
  private volatile ModelGraphs graphs;
  private volatile List<Lease> kept = List.of();
  private boolean closed;

  /**
   * @param specialized told of each set of sizes that a plan is made for
   */
  public PlanCache(
      ModelGraphs graphs,
      Backend backend,
      Compilation options,
      Consumer<Map<String, Long>> specialized) {
    this.graphs = graphs;
    this.backend = backend;
    this.factory = backend.plans(options);
    this.specialized = specialized;
  }

  public List<Tensor> run(List<Tensor> inputs) {
    try (Lease lease = lease(inputs.stream().map(Tensor::type).toList())) {
      List<RuntimeValue> out = lease.plan().run(new ArrayList<>(inputs));
      return out.stream().map(RuntimeValue::tensor).toList();
    }
  }

  /**
   * The plan for a batch, held until the lease is closed.
   *
   * @param types the input types of a batch, always the same; asked for only where the batch is new
   */
  public Lease lease(int batch, IntFunction<List<Type>> types) {
    List<Lease> now = kept;
    for (int i = 0; i < now.size(); i++) {
      if (now.get(i).isFor(batch) && isTaken(now.get(i))) {
        return now.get(i);
      }
    }
    Lease lease = lease(types.apply(batch));
    lease.batch = batch;
    return lease;
  }

  /** The plan for inputs of these types, held until the lease is closed. */
  public Lease lease(List<Type> types) {
    List<Lease> now = kept;
    for (int i = 0; i < now.size(); i++) {
      if (types.equals(now.get(i).types) && isTaken(now.get(i))) {
        return now.get(i);
      }
    }
    Lease lease = compiled(graphs.training().symbolsFor(types));
    lease.types = types;
    return lease;
  }

  private boolean isTaken(Lease lease) {
    boolean taken = lease.take();
    if (taken) {
      use(lease);
    }
    return taken;
  }

  private Lease compiled(Map<String, Long> sizes) {
    Lease lease = held(sizes);
    while (!isCompiled(lease)) {
      lease = held(sizes);
    }
    return lease;
  }

  /** Compiles it where nobody does, else waits for who does. @return false where that failed */
  private boolean isCompiled(Lease lease) {
    if (lease.claim()) {
      compile(lease);
    }
    return lease.compiled.join().isPresent();
  }

  /** The lease of these sizes, which may be compiled already, or by now, or not yet. */
  private Lease held(Map<String, Long> sizes) {
    Lease lease;
    Optional<Lease> dropped;
    synchronized (change) {
      lease =
          kept.stream()
              .filter(known -> known.sizes.equals(sizes))
              .findFirst()
              .orElseGet(() -> new Lease(graphs, sizes));
      lease.take();
      use(lease);
      dropped = keep(lease);
    }
    dropped.ifPresent(this::drop);
    return lease;
  }

  /** Keeps a lease. @return the one that makes room for it */
  private Optional<Lease> keep(Lease lease) {
    if (closed) {
      lease.release();
      return Optional.empty();
    }
    List<Lease> now = new ArrayList<>(kept);
    if (!now.contains(lease)) {
      now.add(lease);
    }
    Optional<Lease> oldest =
        now.size() > KEPT
            ? Optional.of(Collections.min(now, Comparator.comparingLong(known -> known.used)))
            : Optional.empty();
    oldest.ifPresent(now::remove);
    kept = List.copyOf(now);
    return oldest;
  }

  private void drop(Lease oldest) {
    LOG.info(
        "dropped the plan for {} on {}: more than {} sets of sizes are in use, and a dropped one"
            + " is compiled again when it is next seen",
        oldest.sizes,
        backend.id(),
        KEPT);
    oldest.release();
  }

  /** Where it fails, those who wait compile for themselves, each with an error of its own. */
  private void compile(Lease lease) {
    try {
      Graph bound = lease.graphs.inference(lease.sizes);
      lease.sharesTensors = lease.graphs.isForAllSizes() && isOver(lease.graphs.inference(), bound);
      Plan plan = factory.plan(bound);
      specialized.accept(lease.sizes);
      lease.compiled.complete(Optional.of(plan));
    } finally {
      if (!lease.compiled.isDone()) {
        forget(lease);
        lease.compiled.complete(Optional.empty());
      }
    }
  }

  /** Whether all that a graph knows is among what another knows. */
  private static boolean isOver(Graph all, Graph bound) {
    Set<Tensor> known = Collections.newSetFromMap(new IdentityHashMap<>());
    known.addAll(all.constants().values());
    return known.containsAll(bound.constants().values());
  }

  private void forget(Lease failed) {
    synchronized (change) {
      kept = kept.stream().filter(lease -> lease != failed).toList();
    }
  }

  /**
   * Goes over to graphs of the same inputs. The plans that are kept go over at once, to plans that
   * share their program where the graphs differ in numbers only; runs under way end as they began.
   * Where a plan cannot be made, all stays as it is.
   */
  public void replace(ModelGraphs other) {
    Optional<ReplacedTensors> tensors =
        other.isForAllSizes()
            ? ReplacedTensors.between(graphs.inference(), other.inference())
            : Optional.empty();
    List<Lease> next = new ArrayList<>();
    List<Lease> before = kept.stream().filter(Lease::isReady).filter(Lease::take).toList();
    try {
      before.forEach(lease -> next.add(lease.with(other, replaced(lease, other, tensors))));
      goOver(other, next).forEach(Lease::release);
    } catch (RuntimeException e) {
      next.forEach(Lease::release);
      throw e;
    } finally {
      before.forEach(Lease::release);
    }
  }

  private Plan replaced(Lease lease, ModelGraphs other, Optional<ReplacedTensors> tensors) {
    return tensors
        .filter(change -> lease.sharesTensors)
        .flatMap(change -> lease.plan().withTensors(change::of))
        .orElseGet(() -> factory.plan(other.inference(lease.sizes)));
  }

  /**
   * @return the leases that are let go
   */
  private List<Lease> goOver(ModelGraphs other, List<Lease> next) {
    synchronized (change) {
      if (closed) {
        return next;
      }
      List<Lease> before = kept;
      graphs = other;
      kept = List.copyOf(next);
      return before;
    }
  }

  /** The number of the last use, which the lease used last already has, is left as it is. */
  private void use(Lease lease) {
    if (lease.used != uses.get()) {
      lease.used = uses.incrementAndGet();
    }
  }

  /** Lets all plans go; those that are used, now or by calls that come too late, are freed then. */
  @Override
  public void close() {
    List<Lease> last;
    synchronized (change) {
      closed = true;
      last = kept;
      kept = List.of();
    }
    last.forEach(Lease::release);
  }

  /** A plan that is closed when no run uses it any more and the cache has let it go. */
  public static final class Lease implements AutoCloseable {
    private static final int NONE = -1;

    private final ModelGraphs graphs;
    private final Map<String, Long> sizes;
    private final CompletableFuture<Optional<Plan>> compiled = new CompletableFuture<>();
    private final AtomicBoolean claimed = new AtomicBoolean();
    private final AtomicInteger holders = new AtomicInteger(1);

    private volatile int batch = NONE;
    private volatile @Nullable List<Type> types;
    private volatile long used = NONE;
    private volatile boolean sharesTensors;

    Lease(ModelGraphs graphs, Map<String, Long> sizes) {
      this.graphs = graphs;
      this.sizes = sizes;
    }

    /** A lease of the same sizes whose plan is there. */
    Lease with(ModelGraphs other, Plan plan) {
      Lease lease = new Lease(other, sizes);
      lease.claimed.set(true);
      lease.compiled.complete(Optional.of(plan));
      lease.batch = batch;
      lease.types = types;
      lease.used = used;
      lease.sharesTensors = sharesTensors;
      return lease;
    }

    /** Whether the plan is there, and not to be waited for. */
    boolean isReady() {
      return compiled.getNow(Optional.empty()).isPresent();
    }

    public Plan plan() {
      return compiled.join().orElseThrow();
    }

    /** Whether a batch is known to have these sizes, and the plan is compiled. */
    boolean isFor(int wanted) {
      return batch == wanted && wanted != NONE;
    }

    /** Whether the caller is the first, who compiles it. */
    boolean claim() {
      return claimed.compareAndSet(false, true);
    }

    /** Holds it. @return false where it was let go by everybody */
    boolean take() {
      int now = holders.get();
      while (now > 0 && !holders.compareAndSet(now, now + 1)) {
        now = holders.get();
      }
      return now > 0;
    }

    void release() {
      if (holders.decrementAndGet() == 0) {
        compiled.join().ifPresent(Plan::close);
      }
    }

    @Override
    public void close() {
      release();
    }
  }
}
