package dev.axiomml.backend.jni;

import dev.axiomml.core.error.BackendException;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.run.Compilation;
import dev.axiomml.core.run.Optimize;
import dev.axiomml.core.run.Plan;
import dev.axiomml.core.run.TensorBuffers;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/** A graph as one program in the library: one native call a run. */
final class NativePlan implements Plan {
  private final List<Type> inputs;
  private final List<Type> outputs;
  private final KernelPlanner.Listed listed;
  private final long arenaBytes;
  private final int nodes;
  private final int threads;
  private final PlanHandle handle;
  private final List<Integer> counts;
  private final Deque<RunFrame> frames = new ArrayDeque<>();

  private NativePlan(Graph graph, Compilation options) {
    inputs = graph.inputs().stream().map(Value::type).toList();
    outputs = graph.outputs().stream().map(Value::type).toList();
    nodes = graph.nodes().size();
    threads = options.threads();
    KernelPlanner.Listed plain = KernelPlanner.list(graph);
    listed =
        options.optimize() == Optimize.STRICT
            ? plain
            : plain.with(ProductFusion.of(plain.instructions()));
    ValueArena arena = ValueArena.of(listed.instructions());
    arenaBytes = arena.bytes();
    ProgramEncoder.Encoded program =
        ProgramEncoder.encode(listed, arena, counts(inputs), counts(outputs));
    long plan =
        Kernels.planCreate(
            program.words(),
            program.words().position() / 8,
            program.weights(),
            program.weightBytes());
    handle = PlanHandle.of(KernelStatus.require(plan, "compiling", listed.instructions()), this);
    counts = new ArrayList<>(counts(inputs));
    counts.addAll(counts(outputs));
  }

  /** A plan of a graph whose nodes all have kernels. */
  static NativePlan of(Graph graph, Compilation options) {
    return new NativePlan(graph, options);
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
  public void run(List<FloatBuffer> in, List<FloatBuffer> out) {
    RunFrame frame = take();
    try {
      for (int i = 0; i < inputs.size(); i++) {
        TensorBuffers.require(inputs.get(i), in.get(i), "input");
        frame.input(i, in.get(i));
      }
      for (int i = 0; i < out.size(); i++) {
        TensorBuffers.require(outputs.get(i), out.get(i), "output");
        frame.output(inputs.size() + i, out.get(i));
      }
      for (int i = out.size(); i < outputs.size(); i++) {
        frame.output(inputs.size() + i);
      }
      requireApart(frame);
      start(frame);
      for (int i = 0; i < out.size(); i++) {
        frame.deliver(inputs.size() + i, out.get(i));
      }
    } finally {
      give(frame);
    }
  }

  private void requireApart(RunFrame frame) {
    for (int i = inputs.size(); i < counts.size(); i++) {
      int output = i;
      if (IntStream.range(0, i).anyMatch(j -> frame.overlap(output, j))) {
        throw new BackendException(
            new Diagnosis(
                "output buffer " + (i - inputs.size()) + " overlaps another buffer of the call",
                "native plan",
                "outputs are written while inputs are still read",
                "give each operand memory of its own"));
      }
    }
  }

  private void start(RunFrame frame) {
    KernelStatus.require(handle.run(frame.address(), threads), "running", listed.instructions());
  }

  private RunFrame take() {
    synchronized (frames) {
      RunFrame free = frames.pollFirst();
      if (free != null) {
        return free;
      }
    }
    return new RunFrame(counts);
  }

  private void give(RunFrame frame) {
    synchronized (frames) {
      frames.addFirst(frame);
    }
  }

  @Override
  public List<Type> inputs() {
    return inputs;
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
