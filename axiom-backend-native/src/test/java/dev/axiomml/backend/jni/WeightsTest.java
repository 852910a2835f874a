package dev.axiomml.backend.jni;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.CompiledModel;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.model.Signature;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.linear.Conv;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.linear.MatMul;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.norm.BatchNorm;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Div;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.reduce.ReduceSum;
import dev.axiomml.core.op.scalar.Sqrt;
import dev.axiomml.core.op.scalar.Square;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.OutputKind;
import dev.axiomml.core.run.Backends;
import dev.axiomml.core.run.Compilation;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.testing.Nets;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WeightsTest {
  private static final int BATCHES = 4;
  private final Model<Output> model = normed();

  @BeforeEach
  void needsTheLibrary() {
    Graphs.backend();
  }

  /** Grouped and depthwise convolutions with norms, and a dense layer. */
  private static Model<Output> normed() {
    return Nets.from(6, 6, 4)
        .then("conv", conv(2), weight("conv.weight", 1, 3, 3, 2, 6))
        .then("bn", new BatchNorm(1e-3), weight("bn.mean", 2, 6), weight("bn.var", 3, 6))
        .relu()
        .then("deep", conv(6), weight("deep.weight", 4, 3, 3, 1, 6))
        .then("bn2", new BatchNorm(1e-3), weight("bn2.mean", 5, 6), weight("bn2.var", 6, 6))
        .then("flat", new Reshape(Shape.of(Dim.symbol("N"), Dim.of(24))))
        .dense(24, 5, 7)
        .model();
  }

  private static Conv conv(int groups) {
    return new Conv(WindowGeometry.of(List.of(3, 3)), groups);
  }

  private static Parameter weight(String name, long seed, int... sizes) {
    Shape shape = Shape.of(java.util.Arrays.stream(sizes).asLongStream().toArray());
    return new Parameter(name, Tensor.random(shape, seed, 0.1, 1));
  }

  private static Map<String, Tensor> weights(Model<?> model, long seed) {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    model
        .parameters()
        .forEach(p -> weights.put(p.name(), Tensor.random(p.tensor().shape(), seed, 0.1, 1)));
    return weights;
  }

  private static Tensor input(int batch) {
    return Tensor.random(Shape.of(batch, 6, 6, 4), batch, -1, 1);
  }

  private static List<Tensor> answers(CompiledModel compiled) {
    return java.util.stream.IntStream.rangeClosed(1, BATCHES)
        .mapToObj(batch -> compiled.predict(input(batch)))
        .toList();
  }

  private static List<Tensor> fresh(Model<?> model, Compilation options) {
    try (CompiledModel compiled = model.compile(Backends.NATIVE, options)) {
      return answers(compiled);
    }
  }

  @Test
  void replaced_weights_give_every_bit_of_a_model_compiled_with_them() {
    List.of(Compilation.DEFAULT, Compilation.DEFAULT.threads(3)).forEach(this::replaceAll);
  }

  private void replaceAll(Compilation options) {
    try (CompiledModel compiled = model.compile(Backends.NATIVE, options)) {
      assertThat(answers(compiled)).isEqualTo(fresh(model, options));
      for (int seed = 1; seed <= 4; seed++) {
        Map<String, Tensor> other = weights(model, seed);
        compiled.replaceWeights(other);
        assertThat(answers(compiled)).isEqualTo(fresh(model.withWeights(other), options));
      }
    }
  }

  @Test
  void one_weight_alone_can_be_replaced_and_a_norm_follows() {
    try (CompiledModel compiled = model.compile(Backends.NATIVE)) {
      for (Parameter p : model.parameters()) {
        Map<String, Tensor> one = Map.of(p.name(), Tensor.full(p.tensor().shape(), 0.5f));
        compiled.replaceWeights(one);
        Tensor expected = fresh(model.withWeights(one), Compilation.DEFAULT).get(0);
        assertThat(compiled.predict(input(1))).as(p.name()).isEqualTo(expected);
        compiled.replaceWeights(Map.of(p.name(), p.tensor()));
      }
      assertThat(answers(compiled)).isEqualTo(fresh(model, Compilation.DEFAULT));
    }
  }

  /** A kernel of direction and length, and a dense layer with a product added to its weight. */
  private static Model<Output> computed(Map<String, Tensor> weights) {
    GraphBuilder to = Graph.builder();
    Map<String, Value> held = new LinkedHashMap<>();
    weights.forEach((name, tensor) -> held.put(name, to.parameter(new Parameter(name, tensor))));
    Value x = to.input("x", Type.float32(Shape.of(Dim.symbol("N")).concat(Shape.of(6, 6, 4))));
    Value v = Objects.requireNonNull(held.get("v"));
    Value squares =
        to.one(new ReduceSum(List.of(0, 1, 2), true), List.of(to.one(new Square(), List.of(v))));
    Value unit = to.one(new Div(), List.of(v, to.one(new Sqrt(), List.of(squares))));
    Value kernel = to.one(new Mul(), List.of(unit, Objects.requireNonNull(held.get("g"))));
    Value image = to.one(conv(1), List.of(x, kernel));
    Value flat = to.one(new Reshape(Shape.of(Dim.symbol("N"), Dim.of(48))), List.of(image));
    Value more =
        to.one(
            new MatMul(),
            List.of(Objects.requireNonNull(held.get("a")), Objects.requireNonNull(held.get("b"))));
    Value matrix = to.one(new Add(), List.of(Objects.requireNonNull(held.get("w")), more));
    Value y = to.one(new Dense(), List.of(flat, matrix));
    Port in = new Port("x", x.type(), List.of(), Optional.empty());
    Port out = new Port("y", y.type(), List.of(), Optional.empty());
    return Model.of(
        new Signature<>("net", List.of(in), List.of(out), OutputKind.OUTPUT), to.build(List.of(y)));
  }

  @Test
  void a_part_of_a_computed_weight_gives_every_bit_of_a_model_built_with_it() {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    Map.of("g", Shape.of(3), "v", Shape.of(3, 3, 4, 3), "w", Shape.of(48, 5))
        .forEach((name, shape) -> weights.put(name, Tensor.random(shape, 3, 0.1, 1)));
    weights.put("a", Tensor.random(Shape.of(48, 2), 4, -1, 1));
    weights.put("b", Tensor.random(Shape.of(2, 5), 5, -1, 1));
    Model<Output> first = computed(weights);
    try (CompiledModel compiled = first.compile(Backends.NATIVE)) {
      List<Tensor> before = answers(compiled);
      assertThat(before).isEqualTo(fresh(first, Compilation.DEFAULT));
      for (String part : weights.keySet()) {
        Map<String, Tensor> other = new LinkedHashMap<>(weights);
        other.put(
            part, Tensor.random(Objects.requireNonNull(weights.get(part)).shape(), 9, 0.1, 1));
        List<Tensor> wanted = fresh(computed(other), Compilation.DEFAULT);
        compiled.replaceWeights(Map.of(part, Objects.requireNonNull(other.get(part))));
        assertThat(answers(compiled)).as(part).isEqualTo(wanted).isNotEqualTo(before);
        compiled.replaceWeights(Map.of(part, Objects.requireNonNull(weights.get(part))));
        assertThat(answers(compiled)).as(part).isEqualTo(before);
      }
    }
  }

  @Test
  void weights_are_read_where_they_lie_in_any_order_of_axes() {
    Map<String, Tensor> views = new LinkedHashMap<>();
    model.parameters().forEach(p -> views.put(p.name(), turned(p.tensor())));
    assertThat(fresh(model.withWeights(views), Compilation.DEFAULT))
        .isEqualTo(fresh(model, Compilation.DEFAULT));
  }

  /** The same numbers, seen in direct memory that has them the other way round. */
  private static Tensor turned(Tensor tensor) {
    int rank = tensor.shape().rank();
    int[] back = java.util.stream.IntStream.range(0, rank).map(i -> rank - 1 - i).toArray();
    Tensor stored = tensor.permute(back);
    ByteBuffer memory = ByteBuffer.allocateDirect(4 * tensor.size()).order(ByteOrder.LITTLE_ENDIAN);
    memory.asFloatBuffer().put(stored.toFloats());
    return TensorMemory.permutedView(
        TensorMemory.adopt(stored.shape(), DType.FLOAT32, memory), back);
  }

  @Test
  @Timeout(60)
  void a_prediction_sees_all_of_the_old_weights_or_all_of_the_new() throws Exception {
    List<Map<String, Tensor>> sets = List.of(weights(model, 1), weights(model, 2));
    List<List<Tensor>> expected =
        sets.stream().map(s -> fresh(model.withWeights(s), Compilation.DEFAULT)).toList();
    ExecutorService callers = Executors.newFixedThreadPool(2);
    try (CompiledModel compiled = model.compile(Backends.NATIVE)) {
      compiled.replaceWeights(sets.get(0));
      List<Future<Integer>> wrong =
          List.of(
              callers.submit(() -> mixtures(compiled, expected)),
              callers.submit(() -> mixtures(compiled, expected)));
      for (int i = 0; wrong.stream().anyMatch(caller -> !caller.isDone()); i++) {
        compiled.replaceWeights(sets.get(i % 2));
      }
      for (Future<Integer> caller : wrong) {
        assertThat(caller.get()).isZero();
      }
    } finally {
      callers.shutdownNow();
    }
  }

  private static int mixtures(CompiledModel compiled, List<List<Tensor>> expected) {
    int wrong = 0;
    for (int i = 0; i < 2000; i++) {
      int batch = i % BATCHES;
      Tensor y = compiled.predict(input(batch + 1));
      boolean known = expected.stream().anyMatch(set -> set.get(batch).equals(y));
      wrong += known ? 0 : 1;
    }
    return wrong;
  }

  @Test
  void plans_of_all_sizes_share_one_block_a_weight() {
    WeightBlocks blocks = new WeightBlocks();
    Tensor w = Tensor.random(Shape.of(3, 4), 1, -1, 1);
    WeightPacking packing = new WeightPacking(1, 3, 4, 0);
    List<WeightBlocks.Block> one = blocks.take(List.of(w, w), List.of(packing, packing));
    List<WeightBlocks.Block> two = blocks.take(List.of(w), List.of(WeightPacking.PLAIN));
    assertThat(one.get(0)).isSameAs(one.get(1)).isNotSameAs(two.get(0));
    blocks.give(List.of(one.get(0)));
    assertThat(blocks.take(List.of(w), List.of(packing))).containsExactly(one.get(0));
    blocks.give(one);
    List<WeightBlocks.Block> again = blocks.take(List.of(w), List.of(packing));
    assertThat(again.get(0)).isNotSameAs(one.get(0));
    blocks.give(again);
    blocks.give(two);
  }
}
