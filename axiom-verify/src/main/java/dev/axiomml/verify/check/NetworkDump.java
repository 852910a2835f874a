package dev.axiomml.verify.check;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.linear.Loop;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.WindowOp;
import dev.axiomml.core.op.scalar.Abs;
import dev.axiomml.core.op.scalar.LeakyRelu;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.IndexWalk;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A graph of fixed sizes in plain lists and maps: numbered values, and what each node does. */
final class NetworkDump {
  private final Graph graph;
  private final Map<Value, Integer> numbers = new LinkedHashMap<>();

  NetworkDump(Graph graph) {
    this.graph = graph;
    graph.inputs().forEach(this::count);
    graph.constants().keySet().forEach(this::count);
    graph.nodes().forEach(node -> node.out().forEach(this::count));
  }

  private void count(Value value) {
    numbers.putIfAbsent(value, numbers.size());
  }

  /** The number of a value, inputs first. */
  int number(Value value) {
    return numbers.getOrDefault(value, -1);
  }

  Map<String, Object> fields() {
    Map<String, Object> constants = new LinkedHashMap<>();
    graph.constants().entrySet().stream()
        .filter(entry -> entry.getValue().dtype() == DType.FLOAT32)
        .forEach(entry -> constants.put("" + number(entry.getKey()), bits(entry.getValue())));
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("inputs", graph.inputs().stream().map(in -> size(in.type())).toList());
    all.put("constants", constants);
    all.put("nodes", graph.nodes().stream().map(this::node).toList());
    return all;
  }

  private static int size(Type type) {
    return type.isTensor() && type.shape().isFixed() ? type.shape().count() : -1;
  }

  private static String bits(Tensor tensor) {
    return bits(tensor, tensor.shape());
  }

  /** Float32 bits, eight hexadecimal digits an element, as often as a shape repeats it. */
  private static String bits(Tensor tensor, Shape to) {
    return Arrays.stream(IndexWalk.walk(to.sizes(), IndexWalk.broadcast(tensor.shape(), to)))
        .map(i -> Float.floatToRawIntBits(tensor.floatAt(i)))
        .mapToObj(number -> HexFormat.of().toHexDigits(number))
        .collect(Collectors.joining());
  }

  private Map<String, Object> node(Node at) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", at.name());
    fields.put("operator", at.op().toString());
    fields.put("in", at.in().stream().map(this::number).toList());
    fields.put("out", at.out().stream().map(this::number).toList());
    fields.put("sizes", at.out().stream().map(value -> size(value.type())).toList());
    if (at.inTypes().stream().allMatch(type -> type.isTensor() && type.dtype() == DType.FLOAT32)) {
      doing(at.op(), at.inTypes().stream().map(Type::shape).toList(), fields);
    }
    return fields;
  }

  private static void doing(Op op, List<Shape> in, Map<String, Object> to) {
    if (op instanceof SumOp sum && sum.extraRoundings() == 0) {
      to.put("sum", sum(sum, in));
    } else if (op instanceof WindowOp window) {
      to.put("largest", window.nests(in.get(0)).stream().map(NetworkDump::nest).toList());
    } else if (op instanceof Relu) {
      to.put("curve", "relu");
    } else if (op instanceof Abs) {
      to.put("curve", "abs");
    } else if (op instanceof LeakyRelu leaky) {
      to.put("curve", "leaky");
      to.put("alpha", bits(Tensor.of(Shape.of(1), (float) leaky.alpha())));
    }
  }

  private static Map<String, Object> sum(SumOp op, List<Shape> in) {
    Map<String, Object> sum = new LinkedHashMap<>();
    List<Object> terms = new ArrayList<>();
    op.terms(in)
        .forEach(
            term -> {
              Map<String, Object> fields = new LinkedHashMap<>();
              fields.put("operand", term.operand());
              fields.put("factor", term.factor());
              fields.put("nests", term.nests().stream().map(NetworkDump::nest).toList());
              terms.add(fields);
            });
    sum.put("terms", terms);
    sum.put("table", bits(op.table(in)));
    sum.put("moves", op instanceof MoveOp);
    if (op instanceof MoveOp move) {
      move.fill(in).ifPresent(fill -> sum.put("fill", bits(fill, op.out(in))));
    }
    return sum;
  }

  private static List<Object> nest(LoopNest of) {
    LoopNest nest = of.merged();
    return List.of(
        IntStream.rangeClosed(LoopNest.OUT, LoopNest.SECOND).mapToObj(nest::start).toList(),
        nest.loops().stream().map(NetworkDump::loop).toList());
  }

  private static List<Object> loop(Loop loop) {
    List<Object> turns = new ArrayList<>(List.of(loop.size()));
    for (int role = LoopNest.OUT; role <= LoopNest.SECOND; role++) {
      int own = role;
      turns.add(
          loop.isListed()
              ? IntStream.range(0, loop.size()).mapToObj(turn -> loop.at(own, turn)).toList()
              : loop.step(role));
    }
    return turns;
  }
}
