package dev.axiomml.interop.layout;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphRewrite;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.model.Signature;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.property.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A network written channels-last, with the axes of its boundary as PyTorch's files have them. */
public final class FileOrder extends GraphRewrite {
  private final Signature<?> signature;
  private final List<Value> inputs;

  private FileOrder(Signature<?> signature, Graph graph) {
    this.signature = signature;
    this.inputs = graph.inputs();
  }

  /** The model with channels first wherever they are the last of several axes. */
  public static <O extends Output> Model<O> of(Model<O> model) {
    Signature<O> last = model.signature();
    Graph graph = GraphRewrite.of(model.graph(), new FileOrder(last, model.graph())).graph();
    Signature<O> first =
        new Signature<>(
            last.name(),
            turned(last.inputs(), graph.inputs()),
            turned(last.outputs(), graph.outputs()),
            last.kind());
    return Model.of(first, graph);
  }

  private static List<Port> turned(List<Port> ports, List<Value> values) {
    return IntStream.range(0, ports.size())
        .mapToObj(i -> turned(ports.get(i), values.get(i)))
        .toList();
  }

  private static Port turned(Port port, Value value) {
    List<String> axes = new ArrayList<>(port.axes());
    if (isLast(port)) {
      axes.add(1, axes.remove(axes.size() - 1));
    }
    return new Port(port.name(), value.type(), axes, port.domain());
  }

  private static boolean isLast(Port port) {
    int rank = port.axes().size();
    return rank > 2 && port.axes().get(rank - 1).equals("channels");
  }

  @Override
  protected Value input(Value at) {
    if (!isLast(signature.inputs().get(inputs.indexOf(at)))) {
      return super.input(at);
    }
    int rank = at.type().shape().rank();
    Value given = to().input(at.name(), LayoutBoundary.first(at.type()));
    return permuted(given, at.name() + ".channels_last", AxisOrders.toChannelsLast(rank));
  }

  @Override
  protected List<Value> outputs(List<Value> out) {
    return IntStream.range(0, out.size())
        .mapToObj(i -> isLast(signature.outputs().get(i)) ? first(out.get(i)) : out.get(i))
        .toList();
  }

  private Value first(Value value) {
    int rank = value.type().shape().rank();
    return permuted(value, value.name() + ".channels_first", AxisOrders.toChannelsFirst(rank));
  }

  private Value permuted(Value value, String name, List<Integer> order) {
    return to().add(name, new Permute(order), List.of(value)).get(0);
  }

  @Override
  protected List<Value> node(Node at, List<Value> in) {
    return copy(at, in);
  }
}
