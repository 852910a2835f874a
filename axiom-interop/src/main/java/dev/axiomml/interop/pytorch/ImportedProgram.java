package dev.axiomml.interop.pytorch;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.FilePlace;
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
import dev.axiomml.core.tensor.OpenSizeException;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.layout.LayoutBoundary;
import dev.axiomml.interop.layout.PortDescriptions;
import dev.axiomml.interop.pytorch.aten.AtenProgram;
import dev.axiomml.interop.pytorch.aten.assembly.ProgramAssembly;
import java.util.List;
import java.util.function.Supplier;

/**
 * Turns a program into a model.
 *
 * @param name the model's name
 * @param place the file
 * @param layout the order of axes at the boundary
 * @param specs what the caller declared of the inputs, in order; may be fewer
 */
record ImportedProgram(String name, FilePlace place, Layout layout, List<InputSpec> specs) {
  ImportedProgram {
    specs = List.copyOf(specs);
  }

  /**
   * The model of a program that is being read. @throws ModelImportException naming the file and the
   * node
   */
  Model<?> model(Supplier<AtenProgram> program) {
    try {
      AtenProgram read = program.get();
      requireAsTold(read.inputs());
      return assembled(read);
    } catch (AxiomException e) {
      Diagnosis d = e.diagnosis();
      throw new ModelImportException(
          d.where().startsWith(place.text()) ? d : d.at(place.text()), e);
    }
  }

  private Model<?> assembled(AtenProgram read) {
    try {
      LayoutBoundary.Turned result = ProgramAssembly.of(read, layout);
      Graph graph = PassPipelines.imported(result.graph()).graph();
      return Model.of(signature(graph, result), graph);
    } catch (ModelImportException e) {
      if (!(e.getCause() instanceof OpenSizeException)) {
        throw e;
      }
      SpecializedProgram waiting = SpecializedProgram.of(read, layout).orElseThrow(() -> e);
      return Model.of(
          signature(waiting.graph(), waiting.ports()), waiting.graph(), waiting.source());
    }
  }

  private Signature<Output> signature(Graph graph, LayoutBoundary.Turned ports) {
    List<Port> inputs =
        PortDescriptions.declared(PortDescriptions.of(graph.inputs(), ports.inputs()), specs);
    List<Port> outputs = PortDescriptions.of(graph.outputs(), ports.outputs());
    return new Signature<>(name, inputs, outputs, OutputKind.OUTPUT);
  }

  /** What the caller says of an input must not contradict what the file says. */
  private void requireAsTold(List<AtenProgram.Input> inputs) {
    for (int i = 0; i < specs.size(); i++) {
      Type declared = specs.get(i).inFileOrder(Dim.symbol("N"));
      if (i >= inputs.size() || !declared.shape().matches(inputs.get(i).type().shape())) {
        throw place.fault(
            "input %d is declared to be %s in the file's order".formatted(i, declared.shape()),
            "the file says its inputs are " + inputs.stream().map(AtenProgram.Input::type).toList(),
            "leave the shape out, or tell the file's own");
      }
    }
  }
}
