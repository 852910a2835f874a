package dev.axiomml.interop.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.axiomml.core.error.FilePlace;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import dev.axiomml.interop.pytorch.aten.AtenProgram;
import dev.axiomml.interop.pytorch.aten.AtenStep;
import dev.axiomml.interop.pytorch.aten.CallTarget;
import dev.axiomml.interop.weights.StateDict;
import dev.axiomml.testing.Needs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Calls that hold a whole layer's weights, each against what PyTorch answered for that layer. */
class CallCasesTest {
  private static final Path FOLDER =
      Needs.repositoryRoot().resolve("axiom-dsl/src/test/resources/dev/axiomml/dsl/pytorch");
  private static final Set<String> RECURRENT = Set.of("LSTM", "GRU", "RNN");

  @TestFactory
  Stream<DynamicTest> recurrent_calls_give_pytorch_numbers() throws IOException {
    StateDict tensors = PyTorch.stateDict(FOLDER.resolve("recurrent.safetensors"));
    return cases(24, c -> RECURRENT.contains(c.get("layer").asText()))
        .map(c -> dynamicTest(c.get("name").asText(), () -> recurrent(c, tensors)));
  }

  @TestFactory
  Stream<DynamicTest> the_fused_encoder_gives_the_layer_s_numbers() throws IOException {
    StateDict tensors = PyTorch.stateDict(FOLDER.resolve("attention.safetensors"));
    return cases(
            3, c -> c.get("params").has("self_attn.in_proj_bias") && c.get("inputs").size() == 1)
        .filter(c -> c.get("layer").asText().equals("TransformerEncoderLayer"))
        .map(c -> dynamicTest(c.get("name").asText(), () -> encoder(c, tensors)));
  }

  private static Stream<JsonNode> cases(int least, java.util.function.Predicate<JsonNode> wanted)
      throws IOException {
    JsonNode all = new ObjectMapper().readTree(FOLDER.resolve("cases.json").toFile()).get("cases");
    List<JsonNode> found = StreamSupport.stream(all.spliterator(), false).filter(wanted).toList();
    assertThat(found).hasSizeGreaterThanOrEqualTo(least);
    return found.stream();
  }

  private static void recurrent(JsonNode one, StateDict tensors) {
    JsonNode args = one.get("args");
    String layer = one.get("layer").asText();
    boolean both = args.path("bidirectional").asBoolean(false);
    boolean first = args.path("batch_first").asBoolean(false);
    int layers = args.path("num_layers").asInt(1);
    Tensor input = tensor(tensors, one.get("inputs").get(0));
    int batch = input.shape().size(first ? 0 : 1);
    AtenItem state = start(one, tensors, Shape.of((long) layers * (both ? 2 : 1), batch, 4));
    List<AtenItem> weights = new ArrayList<>();
    one.get("params").properties().forEach(e -> weights.add(weight(tensors, e)));
    List<Tensor> answers =
        run(
            target(layer, args),
            input,
            1 + one.get("more").size(),
            layer.equals("LSTM") ? new AtenItem.Many(List.of(state, state)) : state,
            new AtenItem.Many(weights),
            new AtenItem.Flag(args.path("bias").asBoolean(true)),
            AtenItem.of(layers),
            new AtenItem.Real(0),
            new AtenItem.Flag(false),
            new AtenItem.Flag(both),
            new AtenItem.Flag(first));

    Golden.close(answers.get(0), tensor(tensors, one.get("output")));
    for (int i = 0; i < one.get("more").size(); i++) {
      Golden.close(answers.get(i + 1), tensor(tensors, one.get("more").get(i)));
    }
  }

  private static AtenItem start(JsonNode one, StateDict tensors, Shape zeros) {
    boolean given = one.get("inputs").size() > 1;
    Tensor start = given ? tensor(tensors, one.get("inputs").get(1)) : Tensor.zeros(zeros);
    return new AtenItem.Weight(new Parameter("start", start));
  }

  private static String target(String layer, JsonNode args) {
    return layer.equals("RNN")
        ? "rnn_" + args.path("nonlinearity").asText("tanh")
        : layer.toLowerCase(java.util.Locale.ROOT);
  }

  private static void encoder(JsonNode one, StateDict tensors) {
    JsonNode args = one.get("args");
    JsonNode params = one.get("params");
    List<AtenItem> items = new ArrayList<>(List.of(AtenItem.of(6), AtenItem.of(2)));
    for (String name :
        List.of("in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias")) {
      items.add(named(tensors, params, "self_attn." + name));
    }
    items.add(new AtenItem.Flag(args.path("activation").asText("relu").equals("gelu")));
    items.add(new AtenItem.Flag(args.path("norm_first").asBoolean(false)));
    items.add(new AtenItem.Real(1e-5));
    for (String name : List.of("norm1", "norm2", "linear1", "linear2")) {
      items.add(named(tensors, params, name + ".weight"));
      items.add(named(tensors, params, name + ".bias"));
    }
    Tensor input = tensor(tensors, one.get("inputs").get(0));

    List<Tensor> answers =
        run("_transformer_encoder_layer_fwd", input, 1, items.toArray(AtenItem[]::new));

    Golden.close(answers.get(0), tensor(tensors, one.get("output")));
  }

  private static AtenItem named(StateDict tensors, JsonNode params, String name) {
    return new AtenItem.Weight(new Parameter(name, tensor(tensors, params.get(name))));
  }

  private static AtenItem weight(StateDict tensors, Map.Entry<String, JsonNode> entry) {
    return new AtenItem.Weight(new Parameter(entry.getKey(), tensor(tensors, entry.getValue())));
  }

  private static Tensor tensor(StateDict tensors, JsonNode name) {
    return tensors.tensor(name.asText()).orElseThrow();
  }

  /** The results of one call on an input. */
  private static List<Tensor> run(String target, Tensor input, int results, AtenItem... more) {
    List<AtenStep.Argument> arguments = new ArrayList<>();
    arguments.add(new AtenStep.Argument("", new AtenItem.Ref("x")));
    Arrays.stream(more).forEach(item -> arguments.add(new AtenStep.Argument("", item)));
    List<String> names = Stream.iterate(0, i -> i + 1).limit(results).map(i -> "y" + i).toList();
    AtenStep step = new AtenStep("call", CallTarget.of(target), arguments, names, results > 1);
    List<AtenItem.Ref> outputs = names.stream().map(AtenItem.Ref::new).toList();
    AtenProgram program =
        new AtenProgram(
            List.of(new AtenProgram.Input("x", input.type())),
            Map.of(),
            List.of(step),
            AtenProgram.nameless(outputs));
    return new ImportedProgram("case", new FilePlace("case"), Layout.AS_FILE, List.of())
        .model(() -> program)
        .predictAll(List.of(input));
  }
}
