package dev.axiomml.interop.pytorch.descriptor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelExportException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphReading;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.pass.FoldConstants;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.file.AtomicFile;
import dev.axiomml.interop.layout.AxisOrders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a graph as layers one after another and writes them. */
public final class DescriptorWriter implements GraphReading<DescribedValue> {
  private final List<Map<String, Object>> layers = new ArrayList<>();
  private final Graph graph;

  private DescriptorWriter(Graph graph) {
    this.graph = graph;
  }

  /** Writes a model. @throws ModelExportException when it is not layers one after another */
  public static void write(Model<?> model, Path path) {
    byte[] text = text(model);
    AtomicFile.write(path, List.of(() -> ByteBuffer.wrap(text)));
  }

  private static byte[] text(Model<?> model) {
    Graph graph = FoldConstants.ofWeights(model.graph()).graph();
    if (graph.inputs().size() != 1 || graph.outputs().size() != 1) {
      throw refused(
          graph.inputs().size() + " inputs and " + graph.outputs().size() + " outputs",
          model.name());
    }
    Port port = model.signature().inputs().get(0);
    boolean spatial =
        port.axes().size() > 2 && port.axes().get(port.axes().size() - 1).equals("channels");
    DescriptorWriter writer = new DescriptorWriter(graph);
    DescribedValue out =
        graph.read(List.of(spatial ? DescribedValue.SPATIAL : DescribedValue.ALIKE), writer).get(0);
    if (out.flattened().isPresent()) {
      throw refused("an output that is a flattened image", model.name());
    }
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("format", DescriptorReader.FORMAT);
    Shape sample = sample(port.type().shape(), spatial);
    if (sample.isFixed()) {
      List<Integer> sizes = java.util.Arrays.stream(sample.sizes()).boxed().toList();
      file.put("input", Map.of("shape", sizes, "dtype", port.type().dtype().toString()));
    }
    file.put("layers", writer.layers);
    return json(file);
  }

  private static Shape sample(Shape batch, boolean spatial) {
    int rank = batch.rank();
    int[] order = AxisOrders.toChannelsFirst(rank).stream().mapToInt(i -> i).toArray();
    return (spatial ? batch.permuted(order) : batch).sub(1, rank);
  }

  private static ModelExportException refused(String what, String where) {
    return new ModelExportException(
        new Diagnosis(
            what,
            "model " + where,
            "a descriptor holds layers one after another, from one input to one output",
            "save the weights with SafeTensors.save(model, path) and keep the file that holds the"
                + " graph"));
  }

  @Override
  public DescribedValue constant(Value at, Tensor tensor) {
    return DescribedValue.ALIKE;
  }

  @Override
  public List<DescribedValue> node(Node at, List<DescribedValue> in) {
    List<Tensor> weights =
        at.in().stream().skip(1).flatMap(v -> graph.constant(v).stream()).toList();
    DescriptorContext spot = new DescriptorContext(at, in.get(0), weights, layers);
    boolean layer = weights.isEmpty() || DescriptorRules.holdsWeights(at.op());
    if (in.size() - weights.size() != 1 || at.out().size() != 1 || !layer) {
      throw spot.refused("it joins " + in.size() + " values", "branches do not fit in");
    }
    if (graph.uses(at.in().get(0)) > 1) {
      throw spot.refused(
          "value " + at.in().get(0).name() + " is used more than once", "branches do not fit in");
    }
    return List.of(
        DescriptorRules.of(at.op())
            .orElseThrow(() -> spot.refused("no layer of the format is this", "see its table"))
            .write(at.op(), spot));
  }

  private static byte[] json(Map<String, Object> file) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator to = new JsonFactory().createGenerator(bytes)) {
      NestedWriter.write(to, file);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }
}
