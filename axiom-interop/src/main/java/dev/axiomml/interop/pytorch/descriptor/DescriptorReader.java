package dev.axiomml.interop.pytorch.descriptor;

import dev.axiomml.core.model.InputSpec;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.file.LocatedJson;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import dev.axiomml.interop.pytorch.aten.AtenProgram;
import dev.axiomml.interop.pytorch.layer.LayerChain;
import dev.axiomml.interop.pytorch.layer.TorchLayer;
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
   * @param declared what the caller says of the input, which counts more than the file
   * @throws dev.axiomml.core.error.ModelImportException naming the field or the layer
   */
  public static AtenProgram read(LocatedJson json, Optional<InputSpec> declared) {
    LocatedJson format = json.at("format");
    if (!format.text().equals(FORMAT)) {
      throw format
          .place()
          .fault(
              "format " + format.text(),
              "the known one is " + FORMAT,
              "write the file with the exporter of this version");
    }
    List<TorchLayer> layers = new ArrayList<>();
    for (LocatedJson layer : json.at("layers").list()) {
      layers.add(layer(layer, "" + layers.size()));
    }
    LayerChain chain = new LayerChain("input");
    layers.forEach(chain::add);
    return chain.program(declared.map(spec -> spec.inFileOrder(BATCH)).or(() -> declared(json)));
  }

  private static Optional<Type> declared(LocatedJson json) {
    if (!json.has("input")) {
      return Optional.empty();
    }
    LocatedJson input = json.at("input");
    List<Dim> dims = new ArrayList<>(List.of(BATCH));
    input.at("shape").list().forEach(size -> dims.add(Dim.of(size.whole())));
    if (input.has("dtype") && !input.at("dtype").text().equals("float32")) {
      throw input.at("dtype").wrong("float32");
    }
    return Optional.of(Type.of(new Shape(dims), DType.FLOAT32));
  }

  private static TorchLayer layer(LocatedJson json, String path) {
    Map<String, AtenItem> fields = new LinkedHashMap<>();
    json.fields().forEach((name, value) -> fields.put(name, item(path, name, value)));
    return new TorchLayer(path, json.at("type").text(), fields);
  }

  private static AtenItem item(String path, String name, LocatedJson value) {
    if (value.isNull()) {
      return AtenItem.NOTHING;
    }
    return TENSORS.contains(name)
        ? new AtenItem.Weight(new Parameter(path + "." + name, NestedLists.tensor(value)))
        : setting(value);
  }

  private static AtenItem setting(LocatedJson value) {
    if (value.node().isTextual()) {
      return new AtenItem.Text(value.text());
    }
    if (value.node().isBoolean()) {
      return new AtenItem.Flag(value.flag());
    }
    if (value.node().isArray()) {
      return new AtenItem.Many(value.list().stream().map(DescriptorReader::setting).toList());
    }
    return value.node().isIntegralNumber()
        ? AtenItem.of(value.whole())
        : new AtenItem.Real(value.number());
  }
}
