package dev.axiomml.verify.check;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.model.Signature;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.OutputKind;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A network in the making, its inputs called x0, x1 and so on. */
final class NetParts {
  private final GraphBuilder builder = Graph.builder();
  private final List<Value> in;

  NetParts(Shape... shapes) {
    in =
        Stream.of(shapes)
            .map(
                shape ->
                    builder.input("x" + Arrays.asList(shapes).indexOf(shape), Type.float32(shape)))
            .toList();
  }

  Value add(Op op, Value... operands) {
    String name = op.title() + operands[0].id() + operands.length;
    return builder.add(name, op, List.of(operands)).get(0);
  }

  Model<Output> model(Value out) {
    List<Port> ports = in.stream().map(NetParts::port).toList();
    return Model.of(
        new Signature<>("rows", ports, List.of(port(out)), OutputKind.OUTPUT),
        builder.build(List.of(out)));
  }

  private static Port port(Value value) {
    return new Port(value.name(), value.type(), List.of(), Optional.empty());
  }

  Value constant(Tensor tensor) {
    return builder.constant(tensor);
  }

  Value in(int input) {
    return in.get(input);
  }
}
