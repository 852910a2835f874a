package dev.axiomml.interop.pytorch;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.InputSpec;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.model.Signature;
import dev.axiomml.core.pass.CancelPermutes;
import dev.axiomml.core.pass.Pass;
import dev.axiomml.core.property.Kind;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.file.Place;
import dev.axiomml.interop.pytorch.aten.Assembly;
import dev.axiomml.interop.pytorch.aten.Boundary;
import dev.axiomml.interop.pytorch.aten.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Turns a program into a model.
 *
 * @param name the model's name
 * @param place the file
 * @param layout the order of axes at the boundary
 * @param specs what the caller told about the inputs, in order; may be fewer
 */
record Imported(String name, Place place, Layout layout, List<InputSpec> specs) {
  Imported {
    specs = List.copyOf(specs);
  }

  /**
   * The model of a program that is being read. @throws ModelImportException naming the file and the
   * node
   */
  Model<?> model(Supplier<Program> program) {
    try {
      Assembly.Result result = Assembly.of(program.get(), layout);
      Graph graph = Pass.checked(CancelPermutes::apply, result.graph());
      List<Port> inputs = ports(graph.inputs(), result.inputs());
      for (int i = 0; i < inputs.size(); i++) {
        inputs.set(i, told(inputs.get(i), i));
      }
      List<Port> outputs = ports(graph.outputs(), result.outputs());
      Signature<Output> signature = new Signature<>(name, inputs, outputs, Kind.OUTPUT);
      return Model.of(signature, graph);
    } catch (AxiomException e) {
      Diagnosis d = e.diagnosis();
      throw new ModelImportException(
          d.where().startsWith(place.text()) ? d : d.at(place.text()), e);
    }
  }

  private static List<Port> ports(List<Value> values, List<Boundary.End> ends) {
    List<Port> ports = new ArrayList<>();
    for (int i = 0; i < ends.size(); i++) {
      Type type = values.get(i).type();
      ports.add(new Port(ends.get(i).name(), type, axes(type, ends.get(i)), Optional.empty()));
    }
    return ports;
  }

  private Port told(Port port, int index) {
    if (index >= specs.size()) {
      return port;
    }
    String called = specs.get(index).name().orElse(port.name());
    Optional<Region.Range> domain = specs.get(index).domain();
    return new Port(called, port.type(), port.axes(), domain);
  }

  private static List<String> axes(Type type, Boundary.End end) {
    int rank = type.shape().rank();
    List<String> axes = new ArrayList<>();
    if (end.spatial()) {
      axes.addAll(spatial(rank - 2));
      axes.add(end.channelsLast() ? axes.size() : 0, "channels");
      axes.add(0, "batch");
      return axes;
    }
    if (rank == 2) {
      return List.of("batch", "features");
    }
    for (int axis = 0; axis < rank; axis++) {
      axes.add(axis == 0 ? "batch" : "axis" + axis);
    }
    return axes;
  }

  private static List<String> spatial(int axes) {
    return switch (axes) {
      case 1 -> List.of("length");
      case 2 -> List.of("height", "width");
      default -> List.of("depth", "height", "width");
    };
  }
}
