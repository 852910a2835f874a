package dev.axiomml.interop.onnx.rules.control;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxSteps;
import dev.axiomml.interop.onnx.proto.GraphProto;
import java.util.ArrayList;
import java.util.List;

/** Loops over the samples of a batch, which must be countable. */
final class BatchLoops {
  private BatchLoops() {}

  /** {@code Scan} of opset 8, whose first operand may tell the lengths of sequences. */
  static List<Value> scan(OnnxNodeContext at, GraphProto body) {
    List<Value> values = new ArrayList<>();
    for (int i = 1; i < at.operands(); i++) {
      values.add(at.in(i));
    }
    if (values.isEmpty()) {
      throw at.refuse("Scan of nothing", "it has states or what is scanned");
    }
    Dim samples = OnnxSteps.shape(values.get(0)).dim(0);
    if (!samples.isFixed() || samples.value() == 0) {
      throw at.later("Scan over a batch of " + samples, "before opset 9 it must be countable");
    }
    if (at.has(0)) {
      whole(at, values);
    }
    List<List<Value>> columns = new ArrayList<>();
    body.getOutputList().forEach(output -> columns.add(new ArrayList<>()));
    for (long i = 0; i < samples.value(); i++) {
      long sample = i;
      List<Value> own =
          values.stream().map(value -> FlowRules.element(at, value, 0, sample)).toList();
      List<Value> out = FlowRules.scanned(at, own, "directions");
      for (int c = 0; c < columns.size(); c++) {
        columns.get(c).add(out.get(c));
      }
    }
    return columns.stream().map(column -> FlowRules.stacked(at, column, 0)).toList();
  }

  /** Lengths that are all the length of what is scanned say nothing. */
  private static void whole(OnnxNodeContext at, List<Value> values) {
    Dim length = OnnxSteps.shape(values.get(values.size() - 1)).dim(1);
    for (long each : at.require(0).toLongs()) {
      if (!length.equals(Dim.of(each))) {
        throw at.refuse("sequence_lens of " + each, "all " + length + " steps are run");
      }
    }
  }
}
