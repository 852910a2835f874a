package dev.axiomml.interop.onnx.graph;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.node.NotYet;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A node that its rule refuses for sizes that are free: whether there are sizes for which it does
 * not. A form that it refuses for all that are tried is refused when the file is loaded.
 *
 * <p>What is found out tells whether to wait, and the element types of what comes out; never a
 * size, nor a number of axes.
 */
final class FreeOperands {
  private static final int[] SIZES = {2, 1, 3, 4, 6, 8, 32};
  private static final int DRAWS = 60;
  private static final int LARGEST = 6;

  private final OnnxNodeContext site;
  private final Map<String, Value> operands;

  private FreeOperands(OnnxNodeContext site) {
    this.site = site;
    this.operands = DeferredNodes.operands(site);
  }

  /** Whether operands have free sizes, and the node can be emitted for some of them. */
  static boolean mayRun(OnnxNodeContext site) {
    FreeOperands free = new FreeOperands(site);
    return free.isOpen() && (!free.isSized() || free.trials().anyMatch(free::mayWait));
  }

  /** The types of the node's outputs for some sizes; empty where none are found. */
  static Optional<List<Type>> types(OnnxNodeContext site) {
    FreeOperands free = new FreeOperands(site);
    return free.isOpen() && free.isSized()
        ? free.trials().flatMap(sizes -> free.emitted(sizes).stream()).findFirst()
        : Optional.empty();
  }

  private boolean isOpen() {
    return operands.values().stream()
        .anyMatch(value -> !value.type().isTensor() || !value.type().shape().isFixed());
  }

  /** Whether the number of axes of each operand is known. */
  private boolean isSized() {
    return operands.values().stream().allMatch(value -> value.type().isTensor());
  }

  private Stream<Function<String, Dim>> trials() {
    return IntStream.range(0, SIZES.length + DRAWS).mapToObj(FreeOperands::sizes);
  }

  /** One size for all symbols, then drawn ones; a symbol has one size in a trial. */
  private static Function<String, Dim> sizes(int trial) {
    if (trial < SIZES.length) {
      return symbol -> Dim.of(SIZES[trial]);
    }
    Random random = new Random(trial);
    Map<String, Dim> drawn = new HashMap<>();
    return symbol -> drawn.computeIfAbsent(symbol, s -> Dim.of(1L + random.nextInt(LARGEST)));
  }

  private boolean mayWait(Function<String, Dim> sizes) {
    try {
      graph(sizes);
      return true;
    } catch (NotYet later) {
      return true; // data tell, for sizes that it may have
    } catch (AxiomException | ArithmeticException | IllegalStateException refused) {
      return false;
    }
  }

  private Optional<List<Type>> emitted(Function<String, Dim> sizes) {
    try {
      return Optional.of(graph(sizes).outputs().stream().map(Value::type).toList());
    } catch (NotYet | AxiomException | ArithmeticException | IllegalStateException refused) {
      return Optional.empty();
    }
  }

  private Graph graph(Function<String, Dim> sizes) {
    Map<String, Type> types = new LinkedHashMap<>();
    Map<String, Tensor> known = new LinkedHashMap<>();
    operands.forEach(
        (name, value) -> {
          Shape shape = value.type().shape().bind(sizes);
          types.put(name, Type.of(shape, value.type().dtype()));
          tensor(value, shape, sizes).ifPresent(tensor -> known.put(name, tensor));
        });
    ProgramNode call = ProgramNode.of(site);
    Graph graph = call.graph(types, known);
    if (call.isOpen(graph)) {
      throw site.later("operands of " + site.op() + " that only a run tells", "it waits for them");
    }
    return graph;
  }

  private Optional<Tensor> tensor(Value value, Shape shape, Function<String, Dim> sizes) {
    KnownValue what = site.folding().known(value);
    if (what.isKnown() || what.sizes().isEmpty()) {
      return site.folding().tried(value);
    }
    List<Dim> bound = what.sizes().get().stream().map(size -> size.bind(sizes)).toList();
    long[] numbers = bound.stream().mapToLong(Dim::value).toArray();
    return Optional.of(Tensor.ofIntegers(shape, value.type().dtype(), numbers));
  }
}
