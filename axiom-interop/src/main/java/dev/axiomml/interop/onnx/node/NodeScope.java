package dev.axiomml.interop.onnx.node;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.pass.ConstantFolding;
import dev.axiomml.interop.layout.SpatialValues;
import dev.axiomml.interop.onnx.file.DeclaredTypes;
import dev.axiomml.interop.onnx.file.OnnxFile;
import dev.axiomml.interop.onnx.proto.GraphProto;
import dev.axiomml.interop.onnx.proto.NodeProto;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The graph being emitted that a node stands in. */
public interface NodeScope {
  /** The file it is from. */
  OnnxFile file();

  /** The rules that its nodes are emitted by. */
  RuleTable rules();

  /** The version of each domain's operators. */
  Map<String, Integer> opsets();

  /** The graph of core operators so far. */
  ConstantFolding folding();

  /** Which values have channels. */
  SpatialValues spatial();

  /** Its sequences and optionals. */
  SequenceValues bundles();

  /** Declared types of this graph. */
  DeclaredTypes declared();

  /** The value of a name here or around here; empty where it has none. */
  Optional<Value> find(String name);

  /** Runs a subgraph on values and answers its outputs. */
  List<Value> subgraph(GraphProto body, List<Value> in);

  /** Where a node is, for messages. */
  String place(NodeProto node);
}
