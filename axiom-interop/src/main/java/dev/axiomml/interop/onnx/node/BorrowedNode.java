package dev.axiomml.interop.onnx.node;

import dev.axiomml.core.ir.Value;
import dev.axiomml.interop.onnx.proto.AttributeProto;
import dev.axiomml.interop.onnx.proto.NodeProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A node of another domain that is read as an operator of the standard one.
 *
 * @param at the node, with its own settings
 * @param op the standard operator's name
 */
public record BorrowedNode(OnnxNodeContext at, String op) {
  /** The rule for the same operator, operands and settings as the standard domain has them. */
  public static OnnxRule same(String op) {
    return at -> new BorrowedNode(at, op).on(IntStream.range(0, at.operands()).mapToObj(at::any));
  }

  /** What the standard operator makes of values. */
  public List<Value> on(Value... operands) {
    return on(java.util.Arrays.stream(operands).map(Optional::of));
  }

  private List<Value> on(java.util.stream.Stream<Optional<Value>> operands) {
    return on(operands.toList(), List.of());
  }

  /** What the standard operator makes of operands, with further settings in front of the own. */
  public List<Value> on(List<Optional<Value>> operands, List<AttributeProto> settings) {
    List<AttributeProto> all = new ArrayList<>(at.node().getAttributeList());
    all.addAll(settings);
    NodeProto node = at.node().withDomain("").withOpType(op).withAttributes(all);
    OnnxNodeContext site = at.borrowed(node, new ArrayList<>(operands));
    return at.importing().rules().of(node).orElseThrow().emit(site);
  }

  public static AttributeProto setting(String name, long number) {
    return AttributeProto.of(name, number);
  }

  public static AttributeProto setting(String name, List<Long> numbers) {
    return AttributeProto.ofWholes(name, numbers);
  }

  public static AttributeProto setting(String name, float number) {
    return AttributeProto.of(name, number);
  }
}
