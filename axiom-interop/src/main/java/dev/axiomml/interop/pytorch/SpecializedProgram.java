package dev.axiomml.interop.pytorch;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.GraphSource;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.pass.PassPipelines;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.layout.LayoutBoundary;
import dev.axiomml.interop.pytorch.aten.AtenProgram;
import dev.axiomml.interop.pytorch.aten.assembly.ProgramAssembly;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A program whose calls ask for sizes that are free: it is put down for the types of each call.
 *
 * <p>For some sizes it was, which tells the element types of what comes out and which ports have
 * channels; never a size, nor a number of axes.
 *
 * @param program the program
 * @param ports its ports, as they were turned for some sizes
 */
record SpecializedProgram(AtenProgram program, LayoutBoundary.Turned ports) {
  private static final int[] SIZES = {2, 3, 1, 4, 8, 16, 32};

  /** Empty where no sizes that were tried are taken. */
  static Optional<SpecializedProgram> of(AtenProgram program, Layout layout) {
    return IntStream.of(SIZES)
        .mapToObj(size -> ports(program, size, layout))
        .flatMap(Optional::stream)
        .findFirst()
        .map(ports -> new SpecializedProgram(program, ports));
  }

  private static Optional<LayoutBoundary.Turned> ports(
      AtenProgram program, int size, Layout layout) {
    List<Type> types =
        program.inputs().stream()
            .map(AtenProgram.Input::type)
            .map(type -> Type.of(type.shape().bind(symbol -> Dim.of(size)), type.dtype()))
            .toList();
    try {
      return Optional.of(ProgramAssembly.of(program.sized(types), layout));
    } catch (AxiomException refused) {
      return Optional.empty(); // another size may do; where none does, the first refusal is told
    }
  }

  /** The program as one node that waits for its sizes, over inputs of free ones. */
  Graph graph() {
    GraphBuilder builder = Graph.builder();
    List<Value> in = new ArrayList<>();
    for (int i = 0; i < program.inputs().size(); i++) {
      Type free = program.inputs().get(i).type();
      LayoutBoundary.End port = ports.inputs().get(i);
      in.add(builder.input(port.name(), port.inModelOrder(free)));
    }
    program.weights().distinct().map(builder::parameter).forEach(in::add);
    List<Type> types =
        ports.graph().outputs().stream()
            .map(value -> (Type) new Type.OfElements(value.type().dtype()))
            .toList();
    WaitingProgram op = new WaitingProgram(program, types);
    return builder.build(builder.add("program", op, in));
  }

  /** What makes its graph for given types. */
  GraphSource source() {
    return types -> {
      List<Type> plain = new ArrayList<>();
      for (int i = 0; i < types.size(); i++) {
        plain.add(ports.inputs().get(i).inFileOrder(types.get(i)));
      }
      Graph graph = ProgramAssembly.of(program.sized(plain), Layout.AS_FILE).graph();
      LayoutBoundary.Turned turned = LayoutBoundary.turned(graph, ports.inputs(), ports.outputs());
      return PassPipelines.imported(turned.graph()).graph();
    };
  }
}
