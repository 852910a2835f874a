package dev.axiomml.interop.onnx;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.GraphSource;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.pass.ConstantFolding;
import dev.axiomml.core.pass.PassPipelines;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.layout.LayoutBoundary;
import dev.axiomml.interop.layout.SpatialValues;
import dev.axiomml.interop.onnx.file.OnnxFile;
import dev.axiomml.interop.onnx.graph.OnnxGraphImport;
import dev.axiomml.interop.onnx.node.NotYet;
import dev.axiomml.interop.onnx.proto.GraphProto;
import dev.axiomml.interop.onnx.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.List;

/**
 * A file that was read once, as the nodes that it lists: they are emitted for inputs of given
 * types, whose sizes may be free.
 *
 * @param file the file, parsed
 * @param inputs the names of its inputs, those that are initializers not among them
 */
record OnnxProgram(OnnxFile file, List<String> inputs) {
  OnnxProgram {
    inputs = List.copyOf(inputs);
  }

  /**
   * What was emitted.
   *
   * @param graph with axes in the file's order
   * @param spatial which values have channels
   */
  record Emitted(Graph graph, SpatialValues spatial) {}

  /** The names of its outputs. */
  List<String> outputs() {
    return file.model().getGraph().getOutputList().stream().map(ValueInfoProto::getName).toList();
  }

  /** Its operators over inputs of these types. @throws ModelImportException naming the node */
  Emitted emitted(List<Type> types) {
    try {
      return put(types);
    } catch (NotYet e) {
      throw file.placed(e.refusal());
    } catch (AxiomException e) {
      throw file.placed(e);
    }
  }

  private Emitted put(List<Type> types) {
    GraphProto proto = file.model().getGraph();
    GraphBuilder builder = Graph.builder();
    SpatialValues spatial = new SpatialValues();
    ConstantFolding folding = ConstantFolding.keepingWeights(builder);
    OnnxGraphImport importing = OnnxGraphImport.of(file, OnnxRules::of, folding, spatial);
    for (int i = 0; i < inputs.size(); i++) {
      importing.bind(inputs.get(i), builder.input(inputs.get(i), types.get(i)));
    }
    importing.body(proto);
    List<Value> outputs = outputs().stream().map(importing::required).toList();
    return new Emitted(builder.build(outputs), spatial);
  }

  /** This program for inputs whose sizes are numbers, its ports turned as they are described. */
  GraphSource specialized(List<LayoutBoundary.End> in, List<LayoutBoundary.End> out) {
    return types -> {
      List<Type> plain = new ArrayList<>();
      for (int i = 0; i < types.size(); i++) {
        plain.add(in.get(i).inFileOrder(types.get(i)));
      }
      Graph graph = LayoutBoundary.turned(emitted(plain).graph(), in, out).graph();
      return PassPipelines.imported(graph).graph();
    };
  }
}
