package dev.axiomml.interop.pytorch.export;

import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.file.LocatedJson;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import dev.axiomml.interop.pytorch.aten.AtenProgram;
import dev.axiomml.interop.pytorch.aten.AtenStep;
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

  private final LocatedJson graph;
  private final LocatedJson signature;
  private final LocatedJson ranges;
  private final Tensors tensors;
  private final ExportArguments arguments;
  private final Map<String, AtenItem> bound = new LinkedHashMap<>();
  private final List<AtenProgram.Input> inputs = new ArrayList<>();

  private ProgramReader(LocatedJson program, Tensors tensors) {
    LocatedJson module = program.at("graph_module");
    this.graph = module.at("graph");
    this.signature = module.at("signature");
    this.ranges = program.at("range_constraints");
    this.tensors = tensors;
    this.arguments = new ExportArguments(new HashMap<>());
  }

  static AtenProgram read(LocatedJson program, Tensors tensors) {
    requireSchema(program.at("schema_version"));
    return new ProgramReader(program, tensors).read();
  }

  private static void requireSchema(LocatedJson version) {
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

  private AtenProgram read() {
    signature.at("input_specs").list().forEach(this::input);
    List<AtenStep> steps = new ArrayList<>();
    graph.at("nodes").list().forEach(node -> steps.add(ExportSteps.read(node, arguments)));
    List<AtenProgram.Output> outputs = new ArrayList<>();
    for (LocatedJson spec : signature.at("output_specs").list()) {
      Map.Entry<String, LocatedJson> tagged = spec.only();
      if (tagged.getKey().equals("user_output")) {
        output(tagged.getValue().at("arg"))
            .ifPresent(ref -> outputs.add(new AtenProgram.Output(ref.name(), ref)));
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
    return new AtenProgram(
        inputs, bound, steps, outputs, new ValueTypes(graph, ranges, arguments).stated());
  }

  private Optional<AtenItem.Ref> output(LocatedJson argument) {
    AtenItem item = arguments.read(argument);
    if (item instanceof AtenItem.Ref ref) {
      return Optional.of(ref);
    }
    if (item instanceof AtenItem.Nothing) {
      return Optional.empty();
    }
    throw argument.wrong("a tensor as output");
  }

  private void input(LocatedJson spec) {
    Map.Entry<String, LocatedJson> tagged = spec.only();
    LocatedJson value = tagged.getValue();
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

  private void weight(LocatedJson spec, String nameField) {
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
    bound.put(placeholder, new AtenItem.Weight(Parameter.stored(name, tensor)));
  }

  private void userInput(LocatedJson argument) {
    Map.Entry<String, LocatedJson> tagged = argument.only();
    if (tagged.getKey().equals("as_tensor")) {
      String name = tagged.getValue().at("name").text();
      inputs.add(new AtenProgram.Input(name, type(graph.at("tensor_values").at(name))));
    }
  }

  /** The type of an input; its first axis, where symbolic, is the batch. */
  private Type type(LocatedJson meta) {
    List<Dim> dims = new ArrayList<>();
    for (LocatedJson size : meta.at("sizes").list()) {
      dims.add(arguments.size(size, dims.isEmpty()));
    }
    return Type.of(new Shape(dims), ExportScalarTypes.of(meta.at("dtype")));
  }
}
