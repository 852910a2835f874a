package dev.axiomml.interop.pytorch.export;

import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.file.Json;
import dev.axiomml.interop.pytorch.aten.Item;
import dev.axiomml.interop.pytorch.aten.Program;
import dev.axiomml.interop.pytorch.aten.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads the graph of an exported program, schema version 4 to 8, either operator dialect. */
final class ProgramReader {
  /** Where tensors are found by their name in the model. */
  interface Tensors extends Function<String, Optional<Tensor>> {}

  private final Json graph;
  private final Json signature;
  private final Json ranges;
  private final Tensors tensors;
  private final Arguments arguments;
  private final Map<String, Item> bound = new LinkedHashMap<>();
  private final List<Program.Input> inputs = new ArrayList<>();

  private ProgramReader(Json program, Tensors tensors) {
    Json module = program.at("graph_module");
    this.graph = module.at("graph");
    this.signature = module.at("signature");
    this.ranges = program.at("range_constraints");
    this.tensors = tensors;
    this.arguments = new Arguments(new HashMap<>());
  }

  static Program read(Json program, Tensors tensors) {
    requireSchema(program.at("schema_version"));
    return new ProgramReader(program, tensors).read();
  }

  private static void requireSchema(Json version) {
    long major = version.node().isObject() ? version.at("major").whole() : version.whole();
    if (major < 4 || major > 8) {
      throw version
          .place()
          .fault(
              "schema version " + major,
              "versions 4 to 8 of torch.export's schema are known (PyTorch 2.2 to 2.15)",
              "export again with a PyTorch of that range");
    }
  }

  private Program read() {
    signature.at("input_specs").list().forEach(this::input);
    List<Step> steps = new ArrayList<>();
    graph.at("nodes").list().forEach(node -> steps.add(Steps.read(node, arguments)));
    List<Program.Output> outputs = new ArrayList<>();
    for (Json spec : signature.at("output_specs").list()) {
      Map.Entry<String, Json> tagged = spec.only();
      if (tagged.getKey().equals("user_output")) {
        output(tagged.getValue().at("arg"))
            .ifPresent(ref -> outputs.add(new Program.Output(ref.name(), ref)));
      }
    }
    if (outputs.isEmpty()) {
      throw signature
          .place()
          .fault(
              "no output is a tensor",
              "a model answers at least one tensor",
              "return a tensor from forward and export again");
    }
    return new Program(
        inputs, bound, steps, outputs, new ValueTypes(graph, ranges, arguments).stated());
  }

  private Optional<Item.Ref> output(Json argument) {
    Item item = arguments.read(argument);
    if (item instanceof Item.Ref ref) {
      return Optional.of(ref);
    }
    if (item instanceof Item.Nothing) {
      return Optional.empty();
    }
    throw argument.wrong("a tensor as output");
  }

  private void input(Json spec) {
    Map.Entry<String, Json> tagged = spec.only();
    Json value = tagged.getValue();
    switch (tagged.getKey()) {
      case "parameter" -> weight(value, "parameter_name");
      case "buffer" -> weight(value, "buffer_name");
      case "tensor_constant" -> weight(value, "tensor_constant_name");
      case "user_input" -> userInput(value.at("arg"));
      case "constant_input" ->
          bound.put(value.at("name").text(), arguments.read(value.at("value")));
      default ->
          throw spec.place()
              .fault(
                  "an input of kind " + tagged.getKey(),
                  "inputs are parameters, buffers, constants and the user's tensors",
                  "remove custom objects and tokens from forward and export again");
    }
  }

  private void weight(Json spec, String nameField) {
    String name = spec.at(nameField).text();
    String placeholder = spec.at("arg").at("name").text();
    Tensor tensor =
        tensors
            .apply(name)
            .orElseThrow(
                () ->
                    spec.place()
                        .fault(
                            "tensor " + name + " is not in the file",
                            "the graph reads it",
                            "save the model again; the file may have been cut"));
    bound.put(placeholder, new Item.Weight(Parameter.stored(name, tensor)));
  }

  private void userInput(Json argument) {
    Map.Entry<String, Json> tagged = argument.only();
    if (tagged.getKey().equals("as_tensor")) {
      String name = tagged.getValue().at("name").text();
      inputs.add(new Program.Input(name, type(graph.at("tensor_values").at(name))));
    }
  }

  /** The type of an input; its first axis, where symbolic, is the batch. */
  private Type type(Json meta) {
    List<Dim> dims = new ArrayList<>();
    for (Json size : meta.at("sizes").list()) {
      dims.add(arguments.size(size, dims.isEmpty()));
    }
    return Type.of(new Shape(dims), ScalarTypes.of(meta.at("dtype")));
  }
}
