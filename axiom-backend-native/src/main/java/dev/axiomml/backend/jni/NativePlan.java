package dev.axiomml.backend.jni;

import dev.axiomml.core.error.BackendException;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.run.Buffers;
import dev.axiomml.core.run.Compilation;
import dev.axiomml.core.run.Optimize;
import dev.axiomml.core.run.Plan;
import dev.axiomml.core.tensor.Datum;
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
  private final Planner.Listed listed;
  private final long arenaBytes;
  private final int nodes;
  private final int threads;
  private final Handle handle;
  private final List<Integer> counts;
  private final Deque<Frame> frames = new ArrayDeque<>();

  private NativePlan(Graph graph, Compilation options) {
    inputs = graph.inputs().stream().map(Value::type).toList();
    outputs = graph.outputs().stream().map(Value::type).toList();
    nodes = graph.nodes().size();
    threads = options.threads();
    Planner.Listed plain = Planner.list(graph);
    listed =
        options.optimize() == Optimize.STRICT ? plain : plain.with(Fusion.of(plain.instructions()));
    Arena arena = Arena.of(listed.instructions());
    arenaBytes = arena.bytes();
    Encoder.Encoded program = Encoder.encode(listed, arena, counts(inputs), counts(outputs));
    long plan =
        Kernels.planCreate(
            program.words(),
            program.words().position() / 8,
            program.weights(),
            program.weightBytes());
    handle = Handle.of(Status.require(plan, "compiling", listed.instructions()), this);
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
  public List<Datum> run(List<Datum> in) {
    Frame frame = take();
    try {
      for (int i = 0; i < inputs.size(); i++) {
        frame.input(i, checked(i, in));
      }
      for (int i = 0; i < outputs.size(); i++) {
        frame.output(inputs.size() + i);
      }
      start(frame);
      List<Datum> answers = new ArrayList<>();
      for (int i = 0; i < outputs.size(); i++) {
        answers.add(frame.tensor(inputs.size() + i, outputs.get(i).shape()));
      }
      return answers;
    } finally {
      give(frame);
    }
  }

  private Tensor checked(int i, List<Datum> in) {
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
    Frame frame = take();
    try {
      for (int i = 0; i < inputs.size(); i++) {
        Buffers.require(inputs.get(i), in.get(i), "input");
        frame.input(i, in.get(i));
      }
      for (int i = 0; i < out.size(); i++) {
        Buffers.require(outputs.get(i), out.get(i), "output");
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

  private void requireApart(Frame frame) {
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

  private void start(Frame frame) {
    Status.require(handle.run(frame.address(), threads), "running", listed.instructions());
  }

  private Frame take() {
    synchronized (frames) {
      Frame free = frames.pollFirst();
      if (free != null) {
        return free;
      }
    }
    return new Frame(counts);
  }

  private void give(Frame frame) {
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
    return Reports.nativePlan(listed, nodes, arenaBytes, threads);
  }

  @Override
  public void close() {
    handle.run();
  }
}
