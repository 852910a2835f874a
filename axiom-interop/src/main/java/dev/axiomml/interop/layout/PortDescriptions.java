package dev.axiomml.interop.layout;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.InputSpec;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A model's ports as a loader describes them. */
public final class PortDescriptions {
  private PortDescriptions() {}

  /** The ports of values, described. */
  public static List<Port> of(List<Value> values, List<LayoutBoundary.End> ends) {
    List<Port> ports = new ArrayList<>();
    for (int i = 0; i < ends.size(); i++) {
      Type type = values.get(i).type();
      ports.add(
          new Port(
              ends.get(i).name(),
              type,
              type.isTensor() ? axes(type, ends.get(i)) : List.of(),
              Optional.empty()));
    }
    return ports;
  }

  /** Ports with what the caller declared of the first of them. */
  public static List<Port> declared(List<Port> ports, List<InputSpec> specs) {
    List<Port> declared = new ArrayList<>(ports);
    for (int i = 0; i < Math.min(ports.size(), specs.size()); i++) {
      Port port = ports.get(i);
      String called = specs.get(i).name().orElse(port.name());
      declared.set(i, new Port(called, port.type(), port.axes(), specs.get(i).domain()));
    }
    return declared;
  }

  private static List<String> axes(Type type, LayoutBoundary.End end) {
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
