package dev.axiomml.backend.jni;

import dev.axiomml.backend.jni.lowering.KernelCall;
import dev.axiomml.backend.jni.lowering.KernelPlanner;
import dev.axiomml.backend.jni.lowering.ProductFusion;
import dev.axiomml.backend.jni.lowering.ScaleFusion;
import dev.axiomml.backend.jni.lowering.WinogradChoice;
import dev.axiomml.core.error.BackendException;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.run.Compilation;
import dev.axiomml.core.run.Optimize;
import dev.axiomml.core.run.Plan;
import dev.axiomml.core.run.RoundingDeparture;
import dev.axiomml.core.run.TensorBuffers;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A graph as one program in the library: one native call a run. */
final class NativePlan implements Plan {
  private final List<Type> inputs;
  private final List<Type> outputs;
  private final KernelPlanner.Listed listed;
  private final long arenaBytes;
  private final int nodes;
  private final int threads;
  private final List<ProgramEncoder.WeightUse> uses;
  private final ModelMemory memory;
  private final PlanHandle handle;
  private final List<Integer> counts;
  private final AtomicReference<@Nullable RunFrame> idle = new AtomicReference<>();
  private final Deque<RunFrame> frames = new ArrayDeque<>();

  private NativePlan(Graph graph, Compilation options, ModelMemory memory) {
    this.memory = memory;
    inputs = graph.inputs().stream().map(Value::type).toList();
    outputs = graph.outputs().stream().map(Value::type).toList();
    nodes = graph.nodes().size();
    threads = options.threads();
    KernelPlanner.Listed each = KernelPlanner.list(graph);
    KernelPlanner.Listed plain = each.with(ScaleFusion.of(each.instructions()));
    listed = plain.with(arranged(plain.instructions(), options.optimize()));
    ValueArena arena = ValueArena.of(listed.instructions());
    arenaBytes = arena.bytes();
    ProgramEncoder.Encoded program =
        ProgramEncoder.encode(listed, arena, counts(inputs), counts(outputs));
    uses = program.weights();
    counts = new ArrayList<>(counts(inputs));
    counts.addAll(counts(outputs));
    NativeProgram made = NativeProgram.of(program.words(), listed.instructions(), threads);
    handle = PlanHandle.of(made, () -> blocks(memory, uses, listed), memory, this);
  }

  private static List<KernelCall> arranged(List<KernelCall> plain, Optimize level) {
    return switch (level) {
      case STRICT -> plain;
      case STANDARD -> ProductFusion.of(plain);
      case AGGRESSIVE -> WinogradChoice.of(ProductFusion.of(plain));
    };
  }

  private NativePlan(NativePlan before, UnaryOperator<Tensor> change) {
    memory = before.memory;
    inputs = before.inputs;
    outputs = before.outputs;
    nodes = before.nodes;
    threads = before.threads;
    listed = before.listed.withTensors(change);
    arenaBytes = before.arenaBytes;
    uses = before.uses;
    counts = before.counts;
    handle = before.handle.over(() -> blocks(memory, uses, listed), this);
  }

  @Override
  public Optional<Plan> withTensors(UnaryOperator<Tensor> change) {
    return Optional.of(replaced(change));
  }

  NativePlan replaced(UnaryOperator<Tensor> change) {
    return new NativePlan(this, change);
  }

  /** A plan of a graph whose nodes all have kernels. */
  static NativePlan of(Graph graph, Compilation options, ModelMemory memory) {
    return new NativePlan(graph, options, memory);
  }

  private static List<WeightBlocks.Block> blocks(
      ModelMemory memory, List<ProgramEncoder.WeightUse> uses, KernelPlanner.Listed listed) {
    return memory
        .weights()
        .take(
            uses.stream().map(use -> listed.weights().get(use.slot().index())).toList(),
            uses.stream().map(ProgramEncoder.WeightUse::packing).toList());
  }

  private static List<Integer> counts(List<Type> types) {
    return types.stream().map(type -> type.shape().count()).toList();
  }

  @Override
  public List<RuntimeValue> run(List<RuntimeValue> in) {
    RunFrame frame = take();
    try {
      for (int i = 0; i < inputs.size(); i++) {
        frame.input(i, checked(i, in));
      }
      for (int i = 0; i < outputs.size(); i++) {
        frame.output(inputs.size() + i);
      }
      start(frame);
      List<RuntimeValue> answers = new ArrayList<>();
      for (int i = 0; i < outputs.size(); i++) {
        answers.add(frame.tensor(inputs.size() + i, outputs.get(i).shape()));
      }
      return answers;
    } finally {
      give(frame);
      Reference.reachabilityFence(in);
    }
  }

  private Tensor checked(int i, List<RuntimeValue> in) {
    Tensor tensor = in.get(i).tensor();
    if (in.size() != inputs.size() || !tensor.type().equals(inputs.get(i))) {
      throw new BackendException(
          new Diagnosis(
              "input " + i + " is " + tensor.type() + ", the plan was made for " + inputs.get(i),
              "native plan",
              "a plan is made for fixed shapes",
              "predict through CompiledModel, which makes a plan for each batch size"));
    }
    return tensor;
  }

  @Override
  public void run(FloatBuffer in, FloatBuffer out) {
    requireRoom(in, out);
    RunFrame frame = take();
    try {
      frame.input(0, in);
      frame.output(1, out);
      for (int i = 1; i < outputs.size(); i++) {
        frame.output(1 + i);
      }
      requireApart(frame);
      start(frame);
      frame.deliver(1, out);
    } finally {
      give(frame);
      Reference.reachabilityFence(in);
      Reference.reachabilityFence(out);
    }
  }

  /** Counts elements by the numbers at hand: shapes are walked only to word a refusal. */
  private void requireRoom(FloatBuffer in, FloatBuffer out) {
    if (inputs.size() != 1 || in.remaining() < counts.get(0)) {
      TensorBuffers.requireInput(TensorBuffers.only(inputs), in);
    }
    if (out.remaining() < counts.get(1) || out.isReadOnly()) {
      TensorBuffers.requireOutput(outputs.get(0), out);
    }
  }

  private static void requireApart(RunFrame frame) {
    if (frame.overlap(1, 0)) {
      throw new BackendException(
          new Diagnosis(
              "the output buffer overlaps the input buffer",
              "native plan",
              "outputs are written while inputs are still read",
              "give each operand memory of its own"));
    }
  }

  private void start(RunFrame frame) {
    KernelStatus.require(handle.run(frame), "running", listed.instructions());
  }

  /** One caller after another finds the same frame without a lock; the rest are for crowds. */
  private RunFrame take() {
    RunFrame first = idle.getAndSet(null);
    if (first != null) {
      return first;
    }
    synchronized (frames) {
      RunFrame free = frames.pollFirst();
      if (free != null) {
        return free;
      }
    }
    return new RunFrame(counts, handle.weights());
  }

  private void give(RunFrame used) {
    if (!idle.compareAndSet(null, used)) {
      synchronized (frames) {
        frames.addFirst(used);
      }
    }
  }

  @Override
  public List<Type> inputs() {
    return inputs;
  }

  @Override
  public List<RoundingDeparture> departures() {
    return WinogradChoice.departures(listed);
  }

  @Override
  public String report() {
    return PlanReport.nativePlan(listed, nodes, arenaBytes, threads);
  }

  @Override
  public void close() {
    handle.run();
  }
}
