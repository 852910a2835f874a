package dev.axiomml.interop.pytorch.descriptor;

import dev.axiomml.core.model.InputSpec;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.file.Json;
import dev.axiomml.interop.pytorch.aten.Item;
import dev.axiomml.interop.pytorch.aten.Program;
import dev.axiomml.interop.pytorch.layer.Chain;
import dev.axiomml.interop.pytorch.layer.Layer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a descriptor as a program. */
public final class DescriptorReader {
  /** The only version. */
  public static final String FORMAT = "axiom.pytorch.sequential.v1";

  private static final Set<String> TENSORS =
      Set.of("weight", "bias", "running_mean", "running_var");
  private static final Dim BATCH = Dim.symbol("N");

  private DescriptorReader() {}

  /**
   * The program of a descriptor.
   *
   * @param told what the caller says of the input, which counts more than the file
   * @throws dev.axiomml.core.error.ModelImportException naming the field or the layer
   */
  public static Program read(Json json, Optional<InputSpec> told) {
    Json format = json.at("format");
    if (!format.text().equals(FORMAT)) {
      throw format
          .place()
          .fault(
              "format " + format.text(),
              "the known one is " + FORMAT,
              "write the file with the exporter of this version");
    }
    List<Layer> layers = new ArrayList<>();
    for (Json layer : json.at("layers").list()) {
      layers.add(layer(layer, "" + layers.size()));
    }
    Chain chain = new Chain("input");
    layers.forEach(chain::add);
    return chain.program(told.map(spec -> spec.inFileOrder(BATCH)).or(() -> declared(json)));
  }

  private static Optional<Type> declared(Json json) {
    if (!json.has("input")) {
      return Optional.empty();
    }
    Json input = json.at("input");
    List<Dim> dims = new ArrayList<>(List.of(BATCH));
    input.at("shape").list().forEach(size -> dims.add(Dim.of(size.whole())));
    if (input.has("dtype") && !input.at("dtype").text().equals("float32")) {
      throw input.at("dtype").wrong("float32");
    }
    return Optional.of(Type.of(new Shape(dims), DType.FLOAT32));
  }

  private static Layer layer(Json json, String path) {
    Map<String, Item> fields = new LinkedHashMap<>();
    json.fields().forEach((name, value) -> fields.put(name, item(path, name, value)));
    return new Layer(path, json.at("type").text(), fields);
  }

  private static Item item(String path, String name, Json value) {
    if (value.isNull()) {
      return Item.NOTHING;
    }
    return TENSORS.contains(name)
        ? new Item.Weight(new Parameter(path + "." + name, NestedLists.tensor(value)))
        : setting(value);
  }

  private static Item setting(Json value) {
    if (value.node().isTextual()) {
      return new Item.Text(value.text());
    }
    if (value.node().isBoolean()) {
      return new Item.Flag(value.flag());
    }
    if (value.node().isArray()) {
      return new Item.Many(value.list().stream().map(DescriptorReader::setting).toList());
    }
    return value.node().isIntegralNumber() ? Item.of(value.whole()) : new Item.Real(value.number());
  }
}
