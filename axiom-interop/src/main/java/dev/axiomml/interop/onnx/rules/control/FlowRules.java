package dev.axiomml.interop.onnx.rules.control;

import static java.util.Map.entry;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.move.Concat;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxRule;
import dev.axiomml.interop.onnx.node.OnnxSteps;
import dev.axiomml.interop.onnx.proto.GraphProto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Conditions and loops: unrolled where they are known, else run step by step. */
public final class FlowRules {
  public static final Map<String, OnnxRule> TABLE =
      Map.ofEntries(
          entry("If", FlowRules::branch),
          entry("Loop", FlowRules::loop),
          entry("Scan", FlowRules::scan));

  private static final int LONGEST = 100_000;

  private FlowRules() {}

  private static GraphProto graph(OnnxNodeContext at, String name) {
    return at.attributes()
        .graph(name)
        .orElseThrow(() -> at.refuse(at.op() + " without " + name, "the operator needs it"));
  }

  private static List<Value> branch(OnnxNodeContext at) {
    boolean yes = at.require(0).longAt(0) != 0;
    GraphProto graph = graph(at, yes ? "then_branch" : "else_branch");
    at.attributes().pass(yes ? "else_branch" : "then_branch");
    return at.importing().subgraph(graph, List.of());
  }

  private static List<Value> loop(OnnxNodeContext at) {
    GraphProto body = graph(at, "body");
    long most = at.has(0) ? at.require(0).longAt(0) : Long.MAX_VALUE;
    boolean go = !at.has(1) || at.require(1).longAt(0) != 0;
    List<Value> carried = new ArrayList<>();
    for (int i = 2; i < at.operands(); i++) {
      carried.add(at.in(i));
    }
    int kept = carried.size();
    List<List<Value>> scanned = columns(body.getOutputCount() - 1 - kept);
    for (long step = 0; step < most && go; step++) {
      if (step > LONGEST) {
        throw at.refuse("a loop of more than " + LONGEST + " steps", "it may never end");
      }
      List<Value> in = new ArrayList<>();
      in.add(at.constant(Tensor.ofLongs(Shape.SCALAR, step)));
      in.add(at.constant(Tensor.ofIntegers(Shape.SCALAR, DType.BOOL, 1)));
      in.addAll(carried);
      List<Value> out = at.importing().subgraph(body, in);
      go = known(at, out.get(0)).longAt(0) != 0;
      carried = new ArrayList<>(out.subList(1, 1 + kept));
      collect(scanned, out.subList(1 + kept, out.size()));
    }
    List<Value> all = new ArrayList<>(carried);
    for (List<Value> column : scanned) {
      all.add(stacked(at, column, 0));
    }
    return all;
  }

  private static Tensor known(OnnxNodeContext at, Value value) {
    return at.folding()
        .known(value)
        .tensor()
        .orElseThrow(() -> at.later("a loop whose end depends on data", "steps must be countable"));
  }

  private static List<List<Value>> columns(int count) {
    List<List<Value>> columns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      columns.add(new ArrayList<>());
    }
    return columns;
  }

  private static void collect(List<List<Value>> columns, List<Value> row) {
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).add(row.get(i));
    }
  }

  /** Values of one shape side by side along a new axis. */
  static Value stacked(OnnxNodeContext at, List<Value> parts, int axis) {
    if (parts.isEmpty()) {
      throw at.refuse("a loop of no steps with collected outputs", "their shape is unknown");
    }
    List<Value> wide = new ArrayList<>();
    for (Value part : parts) {
      List<Dim> dims = new ArrayList<>(part.type().shape().dims());
      dims.add(axis < 0 ? axis + dims.size() + 1 : axis, Dim.ONE);
      wide.add(at.emit(new Reshape(new Shape(dims)), part));
    }
    return at.emitAll(new Concat(axis), wide).get(0);
  }

  /** Before opset 9 all values have a batch axis, which the steps run without. */
  private static List<Value> scan(OnnxNodeContext at) {
    return at.version() < 9
        ? BatchLoops.scan(at, graph(at, "body"))
        : scanned(at, at.all(), "scan_input_directions");
  }

  /** The body over values: the states, then what is scanned. */
  static List<Value> scanned(OnnxNodeContext at, List<Value> values, String directions) {
    GraphProto body = graph(at, "body");
    int scans = at.attributes().integer("num_scan_inputs", 1);
    int kept = values.size() - scans;
    if (scans < 1 || kept < 0 || body.getOutputCount() < kept) {
      throw at.refuse(
          "num_scan_inputs " + scans, "there are that many operands behind those of the states");
    }
    List<Integer> axes = settings(at, "scan_input_axes", scans);
    List<Integer> ways = settings(at, directions, scans);
    Dim length = OnnxSteps.shape(values.get(kept)).dim(axes.get(0));
    if (!length.isFixed()) {
      throw at.later("Scan over the free size " + length, "steps must be countable");
    }
    List<Value> carried = new ArrayList<>(values.subList(0, kept));
    int collected = body.getOutputCount() - kept;
    List<List<Value>> columns = columns(collected);
    for (int step = 0; step < length.value(); step++) {
      List<Value> in = new ArrayList<>(carried);
      for (int i = 0; i < scans; i++) {
        long place = ways.get(i) == 0 ? step : length.value() - 1 - step;
        in.add(element(at, values.get(kept + i), axes.get(i), place));
      }
      List<Value> out = at.importing().subgraph(body, in);
      carried = new ArrayList<>(out.subList(0, kept));
      collect(columns, out.subList(kept, out.size()));
    }
    List<Value> all = new ArrayList<>(carried);
    all.addAll(stacks(at, columns));
    return all;
  }

  private static List<Value> stacks(OnnxNodeContext at, List<List<Value>> columns) {
    List<Integer> axes = settings(at, "scan_output_axes", columns.size());
    List<Integer> ways = settings(at, "scan_output_directions", columns.size());
    List<Value> all = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (ways.get(i) != 0) {
        Collections.reverse(columns.get(i));
      }
      all.add(stacked(at, columns.get(i), axes.get(i)));
    }
    return all;
  }

  private static List<Integer> settings(OnnxNodeContext at, String name, int count) {
    Optional<List<Integer>> stated = at.attributes().integers(name);
    List<Integer> all = stated.orElse(Collections.nCopies(count, 0));
    if (all.size() != count) {
      throw at.refuse(name + " of " + all.size(), "there are " + count + " here");
    }
    return all;
  }

  static Value element(OnnxNodeContext at, Value value, int axis, long place) {
    Shape shape = value.type().shape();
    int front = shape.axis(axis);
    List<Dim> dims = new ArrayList<>(shape.dims());
    dims.remove(front);
    Value slice = at.emit(Slice.of(front, place, 1), value);
    return at.emit(new Reshape(new Shape(dims)), slice);
  }
}
