package dev.axiomml.interop.onnx;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.model.InputSpec;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.model.Signature;
import dev.axiomml.core.pass.PassPipelines;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.OutputKind;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.layout.LayoutBoundary;
import dev.axiomml.interop.layout.PortDescriptions;
import dev.axiomml.interop.onnx.file.DeclaredTypes;
import dev.axiomml.interop.onnx.file.OnnxFile;
import dev.axiomml.interop.onnx.graph.ForAllSizes;
import dev.axiomml.interop.onnx.proto.GraphProto;
import dev.axiomml.interop.onnx.proto.ValueInfoProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Turns a file into a model.
 *
 * @param file the file, parsed
 * @param layout the order of axes at the boundary
 * @param specs what the caller declared of the inputs, in order; may be fewer
 */
record OnnxLoading(OnnxFile file, Layout layout, List<InputSpec> specs) {
  OnnxLoading {
    specs = List.copyOf(specs);
  }

  Model<?> model() {
    UnsupportedOnnx.refuse(file);
    try {
      return assembled(given());
    } catch (AxiomException e) {
      throw file.placed(e);
    }
  }

  private Model<?> assembled(List<Given> given) {
    OnnxProgram program = new OnnxProgram(file, given.stream().map(Given::name).toList());
    OnnxProgram.Emitted emitted = program.emitted(given.stream().map(Given::type).toList());
    LayoutBoundary boundary = new LayoutBoundary(emitted.graph(), emitted.spatial());
    return described(boundary.turned(program.outputs(), layout), program);
  }

  private Model<?> described(LayoutBoundary.Turned turned, OnnxProgram program) {
    Graph graph = PassPipelines.imported(turned.graph()).graph();
    List<Port> inputs =
        PortDescriptions.declared(PortDescriptions.of(graph.inputs(), turned.inputs()), specs);
    List<Port> outputs = PortDescriptions.of(graph.outputs(), turned.outputs());
    Signature<Output> signature =
        new Signature<>(stem(file.path()), inputs, outputs, OutputKind.OUTPUT);
    return ForAllSizes.holds(graph)
        ? Model.of(signature, graph)
        : Model.of(signature, graph, program.specialized(turned.inputs(), turned.outputs()));
  }

  /** An input of the file that is no initializer. */
  private record Given(String name, Type type) {}

  private List<Given> given() {
    GraphProto proto = file.model().getGraph();
    DeclaredTypes declared = new DeclaredTypes(proto);
    Set<String> weights =
        proto.getInitializerList().stream().map(t -> t.getName()).collect(Collectors.toSet());
    List<Given> inputs = new ArrayList<>();
    for (ValueInfoProto input : proto.getInputList()) {
      if (!weights.contains(input.getName())) {
        inputs.add(new Given(input.getName(), type(input, declared, inputs.size())));
      }
    }
    return inputs;
  }

  private Type type(ValueInfoProto input, DeclaredTypes declared, int index) {
    var stated = declared.of(input.getName());
    if (index >= specs.size()) {
      return stated.orElseThrow(() -> unknown(input));
    }
    Type given = specs.get(index).inFileOrder(Dim.symbol("N"));
    if (stated.isEmpty()) {
      return given;
    }
    boolean fits =
        given.dtype() == stated.get().dtype() && given.shape().matches(stated.get().shape());
    if (!fits) {
      throw OnnxFile.bad(
          file.path(),
          "input " + input.getName() + " is " + stated.get() + ", declared to be " + given,
          "what is declared must agree with the file",
          "leave the shape away, or tell " + stated.get());
    }
    return stated.get().shape().isFixed() ? stated.get() : given;
  }

  private ModelImportException unknown(ValueInfoProto input) {
    return OnnxFile.bad(
        file.path(),
        "input " + input.getName() + " has no shape or an element type that is not supported",
        "the number of axes and the element type must be known",
        "pass an InputSpec for it, or --input-shape");
  }

  /** The file's name without what follows its last dot. */
  private static String stem(Path path) {
    String name = path.toAbsolutePath().normalize().getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
