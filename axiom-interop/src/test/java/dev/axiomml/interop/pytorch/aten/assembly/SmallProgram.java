package dev.axiomml.interop.pytorch.aten.assembly;

import dev.axiomml.core.model.Layout;
import dev.axiomml.core.run.Compilation;
import dev.axiomml.core.run.ReferenceBackend;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import dev.axiomml.interop.pytorch.aten.AtenProgram;
import dev.axiomml.interop.pytorch.aten.AtenStep;
import dev.axiomml.interop.pytorch.aten.CallTarget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A program of a few ATen calls on one input, being written and run; one test's. */
final class SmallProgram {
  static final AtenItem X = new AtenItem.Ref("x");
  static final Tensor ONE_TWO = Tensor.of(Shape.of(1, 2), 1, 2);

  final List<AtenStep> steps = new ArrayList<>();

  AtenItem.Ref call(String result, String target, AtenItem... arguments) {
    List<AtenStep.Argument> list =
        Arrays.stream(arguments).map(item -> new AtenStep.Argument("", item)).toList();
    steps.add(new AtenStep(result, CallTarget.of(target), list, List.of(result), false));
    return new AtenItem.Ref(result);
  }

  AtenProgram program(Type input, AtenItem.Ref output) {
    List<AtenProgram.Input> inputs = List.of(new AtenProgram.Input("x", input));
    return new AtenProgram(inputs, Map.of(), steps, AtenProgram.nameless(List.of(output)));
  }

  Tensor run(Tensor x, AtenItem.Ref output) {
    var graph = ProgramAssembly.of(program(x.type(), output), Layout.AS_FILE).graph();
    List<RuntimeValue> in = List.of(x);
    return new ReferenceBackend().compile(graph, Compilation.DEFAULT).run(in).get(0).tensor();
  }
}
