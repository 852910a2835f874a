package dev.axiomml.backend.jni;

import dev.axiomml.backend.jni.lowering.KernelPlanner;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.GraphReading;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.run.Compilation;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.run.Optimize;
import dev.axiomml.core.run.Plan;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.testing.Needs;
import dev.axiomml.testing.OpSamples;
import dev.axiomml.testing.OpSamples.OpSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Graphs and runs that several tests share. */
final class Graphs {
  private Graphs() {}

  /** The backend, or a skipped test. */
  static NativeBackend backend() {
    NativeBackend backend = new NativeBackend();
    Needs.nativeLibrary(backend.unavailable().isEmpty(), backend.unavailable().orElse(""));
    return backend;
  }

  /** One node. */
  static Graph of(Op op, List<Shape> in) {
    GraphBuilder builder = Graph.builder();
    List<Value> inputs = new ArrayList<>();
    for (Shape shape : in) {
      inputs.add(builder.input("x" + inputs.size(), Type.float32(shape)));
    }
    return builder.build(builder.emit(op, inputs));
  }

  /** All samples; those of weights once more with the weights as inputs. */
  static Stream<OpSample> samples() {
    return OpSamples.all().stream()
        .flatMap(s -> s.weights().isEmpty() ? Stream.of(s) : Stream.of(s, open(s)));
  }

  private static OpSample open(OpSample s) {
    return new OpSample(s.op(), s.in(), s.low(), s.high(), Map.of());
  }

  /** Whether kernels run every node. */
  static boolean haveKernels(Graph graph) {
    return graph.nodes().stream().allMatch(node -> KernelPlanner.hasKernel(graph, node));
  }

  static List<Tensor> run(Graph graph, List<Tensor> in, Compilation options) {
    try (Plan plan = backend().compile(graph, options)) {
      return plan.run(new ArrayList<>(in)).stream().map(RuntimeValue::tensor).toList();
    }
  }

  static Tensor standard(Graph graph, List<Tensor> in) {
    return run(graph, in, Compilation.DEFAULT).get(0);
  }

  static Compilation strict() {
    return Compilation.DEFAULT.at(Optimize.STRICT);
  }

  /** The first output in double precision. */
  static Tensor exact(Graph graph, List<Tensor> in) {
    List<RuntimeValue> wide = new ArrayList<>();
    in.forEach(t -> wide.add(t.to(DType.FLOAT64)));
    return graph.read(wide, new DoubleReading()).get(0).tensor();
  }

  /** The reference with constants in double precision too. */
  private static final class DoubleReading implements GraphReading<RuntimeValue> {
    private final Interpreter run = new Interpreter();

    @Override
    public RuntimeValue constant(Value at, Tensor tensor) {
      return tensor.dtype().isFloat() ? tensor.to(DType.FLOAT64) : tensor;
    }

    @Override
    public List<RuntimeValue> node(Node at, List<RuntimeValue> in) {
      return run.node(at, in);
    }
  }

  /** gamma(n) of float32. */
  static double gamma(int n) {
    double nu = n * 0x1p-24;
    return nu / (1 - nu);
  }
}
