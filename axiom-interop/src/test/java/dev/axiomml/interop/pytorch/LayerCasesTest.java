package dev.axiomml.interop.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.axiomml.core.error.FilePlace;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import dev.axiomml.interop.pytorch.layer.LayerChain;
import dev.axiomml.interop.pytorch.layer.TorchLayer;
import dev.axiomml.interop.weights.StateDict;
import dev.axiomml.testing.Needs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Layers of torch.nn with their settings, each against what PyTorch answered. */
class LayerCasesTest {
  private static final Path FOLDER =
      Needs.repositoryRoot().resolve("axiom-dsl/src/test/resources/dev/axiomml/dsl/pytorch");

  /** Layers that take more than one tensor, or are functions; they have no row of their own. */
  private static final Set<String> OTHERS =
      Set.of(
          "MultiheadAttention",
          "LSTM",
          "GRU",
          "RNN",
          "LSTMCell",
          "GRUCell",
          "TransformerEncoderLayer",
          "TransformerDecoderLayer",
          "Bilinear",
          "Embedding",
          "LocalResponseNorm");

  /** Refused, as mixing the samples of a batch is. */
  private static final String UNTRACKED = "batch_norm2d_untracked";

  /** What PyTorch fills in where a constructor is not told. */
  private static final Map<String, Object> DEFAULTS =
      Map.ofEntries(
          Map.entry("stride", 1),
          Map.entry("padding", 0),
          Map.entry("dilation", 1),
          Map.entry("groups", 1),
          Map.entry("output_padding", 0),
          Map.entry("eps", 1e-5),
          Map.entry("negative_slope", 0.01),
          Map.entry("alpha", 1.0),
          Map.entry("beta", 1.0),
          Map.entry("threshold", 20.0),
          Map.entry("min_val", -1.0),
          Map.entry("max_val", 1.0),
          Map.entry("lambd", 0.5),
          Map.entry("dim", -1),
          Map.entry("value", 0.0),
          Map.entry("p", 0.5),
          Map.entry("mode", "nearest"));

  /** The classes that have such a setting. */
  private static final Map<String, String> OWNERS =
      Map.ofEntries(
          Map.entry("stride", "Conv.*|(Max|Avg)Pool.*"),
          Map.entry("padding", "Conv.*|(Max|Avg)Pool.*"),
          Map.entry("dilation", "Conv.*|MaxPool.*"),
          Map.entry("groups", "Conv.*"),
          Map.entry("output_padding", "ConvTranspose.*"),
          Map.entry("eps", ".*Norm.*"),
          Map.entry("negative_slope", "LeakyReLU"),
          Map.entry("alpha", "C?ELU"),
          Map.entry("beta", "Softplus"),
          Map.entry("threshold", "Softplus"),
          Map.entry("min_val", "Hardtanh"),
          Map.entry("max_val", "Hardtanh"),
          Map.entry("lambd", "(Hard|Soft)shrink"),
          Map.entry("dim", "(Log)?Softmax|Softmin|GLU"),
          Map.entry("value", "ConstantPad.*"),
          Map.entry("p", ".*Dropout.*"),
          Map.entry("mode", "Upsampl.*"));

  private final Map<String, StateDict> groups = new HashMap<>();

  @TestFactory
  Stream<DynamicTest> layers_give_pytorch_numbers() throws IOException {
    JsonNode cases = new ObjectMapper().readTree(FOLDER.resolve("cases.json").toFile());
    List<JsonNode> chosen =
        StreamSupport.stream(cases.get("cases").spliterator(), false)
            .filter(LayerCasesTest::isLayer)
            .toList();
    assertThat(chosen).hasSizeGreaterThan(200);
    return chosen.stream().map(c -> dynamicTest(c.get("name").asText(), () -> check(c)));
  }

  private static boolean isLayer(JsonNode one) {
    String layer = one.get("layer").asText();
    return Character.isUpperCase(layer.charAt(0))
        && !layer.contains(".")
        && one.get("inputs").size() == 1
        && !one.get("name").asText().equals(UNTRACKED)
        && !OTHERS.contains(layer);
  }

  private void check(JsonNode one) {
    StateDict tensors =
        groups.computeIfAbsent(
            one.get("group").asText(),
            group -> PyTorch.stateDict(FOLDER.resolve(group + ".safetensors")));
    Tensor input = tensors.tensor(one.get("inputs").get(0).asText()).orElseThrow();
    Tensor output = tensors.tensor(one.get("output").asText()).orElseThrow();
    LayerChain chain = new LayerChain("input");
    chain.add(new TorchLayer("layer", one.get("layer").asText(), fields(one, tensors)));
    ImportedProgram imported =
        new ImportedProgram("case", new FilePlace("case"), Layout.AS_FILE, List.of());

    Model<?> model = imported.model(() -> chain.program(Optional.of(input.type())));

    Golden.close(model.predict(input), output);
  }

  private static Map<String, AtenItem> fields(JsonNode one, StateDict tensors) {
    Map<String, AtenItem> fields = new LinkedHashMap<>();
    String layer = one.get("layer").asText();
    DEFAULTS.entrySet().stream()
        .filter(e -> layer.matches(OWNERS.getOrDefault(e.getKey(), "")))
        .forEach(e -> fields.put(e.getKey(), plain(e.getValue())));
    List.of("weight", "bias", "running_mean", "running_var")
        .forEach(name -> fields.put(name, AtenItem.NOTHING));
    if (layer.startsWith("Upsampl")) {
      fields.put("size", AtenItem.NOTHING);
      fields.put("scale_factor", AtenItem.NOTHING);
    }
    JsonNode args = one.get("args");
    if (args.has("kernel_size")) {
      boolean pool = one.get("layer").asText().contains("Pool");
      fields.put("stride", pool ? item(args.get("kernel_size")) : AtenItem.of(1));
    }
    if (one.get("layer").asText().equals("RMSNorm")) {
      fields.put("eps", AtenItem.NOTHING);
    }
    args.properties().forEach(e -> fields.put(e.getKey(), item(e.getValue())));
    fields.put("bias", AtenItem.NOTHING);
    weights(one, tensors, fields);
    return fields;
  }

  private static void weights(JsonNode one, StateDict tensors, Map<String, AtenItem> to) {
    for (Map.Entry<String, JsonNode> e : one.get("params").properties()) {
      Tensor tensor = tensors.tensor(e.getValue().asText()).orElseThrow();
      to.put(e.getKey(), new AtenItem.Weight(new Parameter(e.getKey(), tensor)));
    }
  }

  private static AtenItem plain(Object value) {
    if (value instanceof Integer whole) {
      return AtenItem.of(whole);
    }
    return value instanceof Double real
        ? new AtenItem.Real(real)
        : new AtenItem.Text((String) value);
  }

  private static AtenItem item(JsonNode value) {
    if (value.isArray()) {
      return new AtenItem.Many(
          StreamSupport.stream(value.spliterator(), false).map(LayerCasesTest::item).toList());
    }
    if (value.isIntegralNumber()) {
      return AtenItem.of(value.longValue());
    }
    if (value.isNumber()) {
      return new AtenItem.Real(value.doubleValue());
    }
    if (value.isNull()) {
      return AtenItem.NOTHING;
    }
    return value.isBoolean()
        ? new AtenItem.Flag(value.booleanValue())
        : new AtenItem.Text(value.asText());
  }
}
