package dev.axiomml.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.testing.OpSamples;
import dev.axiomml.testing.OpSamples.OpSample;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OpLawsTest {
  static Stream<OpSample> samples() {
    return OpSamples.all().stream();
  }

  private static List<Tensor> run(Op op, List<Tensor> in) {
    return new Interpreter()
            .node(new Node(0, "sample", op, List.of(), List.of()), new ArrayList<RuntimeValue>(in))
            .stream()
            .map(RuntimeValue::tensor)
            .toList();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void the_shape_rule_says_what_the_run_makes(OpSample sample) {
    List<Tensor> in = sample.inputs(7);
    List<Type> stated = sample.op().infer(in.stream().map(Tensor::type).toList());
    assertThat(run(sample.op(), in).stream().map(Tensor::type).toList()).isEqualTo(stated);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void float32_and_float64_runs_agree_to_rounding(OpSample sample) {
    List<Tensor> in = sample.inputs(11);
    Tensor single = run(sample.op(), in).get(0);
    Tensor twice = run(sample.op(), in.stream().map(t -> t.to(DType.FLOAT64)).toList()).get(0);
    for (int i = 0; i < single.size(); i++) {
      assertThat(single.doubleAt(i)).isCloseTo(twice.doubleAt(i), within(2e-5));
    }
  }
}
