package dev.axiomml.interop.pytorch.descriptor;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelExportException;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a node's layers are written.
 *
 * @param node the node
 * @param held how its operand lies
 * @param weights its operands after the first, all known
 * @param layers what was written before
 */
record DescriptorContext(
    Node node, DescribedValue held, List<Tensor> weights, List<Map<String, Object>> layers) {
  /** The operand's shape in the graph. */
  Shape in() {
    return node.in().get(0).type().shape();
  }

  Shape out() {
    return node.out().get(0).type().shape();
  }

  /** A layer without fields yet. */
  Map<String, Object> layer(String type) {
    Map<String, Object> layer = new LinkedHashMap<>();
    layer.put("type", type);
    layers.add(layer);
    return layer;
  }

  /** Requires a channels-last operand of images, volumes or signals. */
  void requireSpatial() {
    if (!held.spatial()) {
      throw refused("its operand has no channels-last axes", "the layer works on axis 1");
    }
  }

  ModelExportException refused(String what, String why) {
    return new ModelExportException(
        new Diagnosis(
            node.op().title() + ": " + what,
            "node " + node.name(),
            "a descriptor holds layers one after another; " + why,
            "save the weights with SafeTensors.save(model, path) and keep the file that holds the"
                + " graph"));
  }
}
