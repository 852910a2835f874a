package dev.axiomml.interop.pytorch.aten;

import java.util.List;

/**
 * One ATen call.
 *
 * @param path where it stands in the model, e.g. {@code layer1.0.conv1}; names the node
 * @param target what is called: {@code aten.conv2d.default}
 * @param arguments in order; a name is empty where the call is by position
 * @param results names of the outputs
 * @param spread whether an output list is given to the names one by one
 */
public record AtenStep(
    String path,
    CallTarget target,
    List<Argument> arguments,
    List<String> results,
    boolean spread) {
  /** Copies the lists. */
  public AtenStep {
    arguments = List.copyOf(arguments);
    results = List.copyOf(results);
  }

  /** An argument; the name is empty where it is given by position. */
  public record Argument(String name, AtenItem item) {}

  /** A call by position with one result, named after its path. */
  public static AtenStep of(String path, String target, AtenItem... arguments) {
    List<Argument> list = java.util.Arrays.stream(arguments).map(a -> new Argument("", a)).toList();
    return new AtenStep(path, CallTarget.of(target), list, List.of(path), false);
  }

  /** The names that it reads. */
  public List<String> reads() {
    return arguments.stream().flatMap(a -> AtenProgram.names(a.item())).toList();
  }
}
