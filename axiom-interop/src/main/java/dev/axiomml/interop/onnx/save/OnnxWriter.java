package dev.axiomml.interop.onnx.save;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.pass.FoldConstants;
import dev.axiomml.interop.layout.AxisOrders;
import dev.axiomml.interop.onnx.proto.GraphProto;
import dev.axiomml.interop.onnx.save.node.OnnxNames;
import dev.axiomml.interop.onnx.save.node.OnnxPen;
import dev.axiomml.interop.onnx.save.node.WrittenValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes models.
 *
 * @param layout the order of axes at the boundary
 * @param inline bytes of weights from which on they go to a file of their own
 */
public record OnnxWriter(Layout layout, long inline) {
  /** Where weights leave the file, which may have 2 GiB. */
  public static final long INLINE = 1_500_000_000L;

  /**
   * Writes a model, and its weights beside it if they are many.
   *
   * @throws dev.axiomml.core.error.ModelExportException listing every node that ONNX cannot hold,
   *     or when a file cannot be written; nothing is left behind then
   */
  public void write(Model<?> model, Path path) {
    Graph graph = FoldConstants.ofWeights(model.graph()).graph();
    OnnxPen pen = OnnxPen.of(OpsetVersions.opset(graph));
    WriteRefusals refusals = new WriteRefusals();
    OnnxNames names = new OnnxNames();
    OnnxPorts ports = new OnnxPorts(pen, names);
    List<WrittenValue> in = inputs(model, graph, ports, refusals);
    List<WrittenValue> out = graph.read(in, new OnnxWriting(pen, refusals));
    refusals.report(model.name(), path);
    outputs(model, ports, out);
    pen.weights().all().keySet().forEach(id -> names.call(id, pen.weights().wanted(id)));
    GraphProto proto = ports.graph(model.name()).withNodes(pen.sheet().nodes(names));
    new OnnxContainer(pen, names, path).write(proto, inline);
  }

  private List<WrittenValue> inputs(
      Model<?> model, Graph graph, OnnxPorts ports, WriteRefusals refusals) {
    ChannelsFirst wanted = ChannelsFirst.of(graph);
    List<WrittenValue> in = new ArrayList<>();
    for (int i = 0; i < graph.inputs().size(); i++) {
      Port port = model.signature().inputs().get(i);
      boolean turn = turns(port) && wanted.takes(graph.inputs().get(i));
      in.add(ports.input(port, turn ? first(port) : plain(port), refusals));
    }
    return in;
  }

  private void outputs(Model<?> model, OnnxPorts ports, List<WrittenValue> out) {
    for (int i = 0; i < out.size(); i++) {
      Port port = model.signature().outputs().get(i);
      boolean turn = turns(port) && out.get(i).order().equals(first(port));
      ports.output(port, out.get(i), turn ? first(port) : plain(port));
    }
  }

  /** Whether a port has channels last, and is to have them first in the file. */
  private boolean turns(Port port) {
    int rank = port.axes().size();
    return layout == Layout.AS_FILE && rank > 2 && port.axes().get(rank - 1).equals("channels");
  }

  private static List<Integer> first(Port port) {
    return AxisOrders.toChannelsFirst(port.type().shape().rank());
  }

  private static List<Integer> plain(Port port) {
    return AxisOrders.rising(port.type().isTensor() ? port.type().shape().rank() : 0);
  }
}
