package dev.axiomml.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphReading;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.RewrittenGraph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * The law of rewrites: a value and what it became are the same tensor for the same inputs.
 *
 * <p>Where a rewrite only promises the same up to rounding, what rounding does to a value is
 * measured on the graph before it: runs in which each element of each input and result is moved by
 * at most 2⁻²² of itself, four times what rounding it once does.
 */
public final class RewriteLaw {
  private static final int RUNS = 6;
  private static final double MOVED = 0x1p-22;
  private static final long ROWS = 3;

  private final Graph before;
  private final boolean exact;
  private final long seed;

  private RewriteLaw(Graph before, boolean exact, long seed) {
    this.before = before;
    this.exact = exact;
    this.seed = seed;
  }

  /** What a rewrite promises. */
  public enum Promise {
    /** The same bits. */
    EXACT,
    /** The same numbers, rounded otherwise. */
    ROUNDED
  }

  /**
   * Checks every value that a rewrite kept, for a batch of three, and that it kept the outputs.
   *
   * @return the number of results that it kept
   */
  public static long check(Graph before, RewrittenGraph after, Promise promise, long seed) {
    assertThat(before.outputs().stream().map(v -> after.find(v).orElseThrow()))
        .as("outputs, seed %s", seed)
        .isEqualTo(after.graph().outputs());
    new RewriteLaw(before, promise == Promise.EXACT, seed).check(after);
    return before.values().filter(v -> before.producer(v).isPresent() && kept(after, v)).count();
  }

  private static boolean kept(RewrittenGraph after, Value value) {
    return after.find(value).isPresent();
  }

  private void check(RewrittenGraph after) {
    RewrittenGraph from = before.bind(Map.of("N", ROWS));
    RewrittenGraph to = after.then(after.graph().bind(Map.of("N", ROWS)));
    List<RuntimeValue> in = inputs(from.graph());
    Map<Value, RuntimeValue> expected = from.graph().readAll(in, new Interpreter());
    Map<Value, RuntimeValue> actual = to.graph().readAll(in, new Interpreter());
    List<Map<Value, RuntimeValue>> moved = exact ? List.of() : moved(from.graph(), in);
    to.where()
        .forEach(
            (value, now) -> {
              Value then = from.find(value).orElseThrow();
              same(
                  value,
                  tensor(expected, then),
                  tensor(actual, now),
                  moved.stream().map(run -> tensor(run, then)).toList());
            });
  }

  private List<RuntimeValue> inputs(Graph graph) {
    List<RuntimeValue> in = new ArrayList<>();
    graph.inputs().forEach(v -> in.add(Tensor.random(v.type().shape(), seed + in.size(), -2, 2)));
    return in;
  }

  private static Tensor tensor(Map<Value, RuntimeValue> run, Value value) {
    return Objects.requireNonNull(run.get(value), value.name()).tensor();
  }

  private void same(Value value, Tensor expected, Tensor actual, List<Tensor> moved) {
    String what = value.name() + ", seed " + seed;
    assertThat(actual.type()).as(what).isEqualTo(expected.type());
    if (exact) {
      assertThat(actual).as(what).isEqualTo(expected);
      return;
    }
    for (int i = 0; i < expected.size(); i++) {
      double wanted = expected.doubleAt(i);
      double room = Double.MIN_NORMAL;
      for (Tensor run : moved) {
        room = Math.max(room, Math.abs(run.doubleAt(i) - wanted));
      }
      boolean near = Math.abs(actual.doubleAt(i) - wanted) <= 4 * room;
      assertThat(near || Double.compare(actual.doubleAt(i), wanted) == 0)
          .as("%s, element %s: %s became %s, room %s", what, i, wanted, actual.doubleAt(i), room)
          .isTrue();
    }
  }

  private List<Map<Value, RuntimeValue>> moved(Graph graph, List<RuntimeValue> in) {
    List<Map<Value, RuntimeValue>> runs = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      Moving moving = new Moving(new SplittableRandom(seed + 1000 * run));
      runs.add(graph.readAll(in.stream().map(moving::moved).toList(), moving));
    }
    return runs;
  }

  /** The run in which each number is a little off. */
  private record Moving(SplittableRandom random) implements GraphReading<RuntimeValue> {
    @Override
    public RuntimeValue constant(Value at, Tensor tensor) {
      return tensor;
    }

    @Override
    public RuntimeValue parameter(Value at, Parameter weight) {
      return moved(weight.tensor());
    }

    @Override
    public List<RuntimeValue> node(Node at, List<RuntimeValue> in) {
      return new Interpreter().node(at, in).stream().map(this::moved).toList();
    }

    RuntimeValue moved(RuntimeValue value) {
      if (!(value instanceof Tensor tensor) || tensor.dtype() != DType.FLOAT32) {
        return value;
      }
      double[] off = tensor.toDoubles();
      for (int i = 0; i < off.length; i++) {
        off[i] *= 1 + (2 * random.nextDouble() - 1) * MOVED;
      }
      return Tensor.ofDoubles(tensor.shape(), DType.FLOAT32, off);
    }
  }
}
