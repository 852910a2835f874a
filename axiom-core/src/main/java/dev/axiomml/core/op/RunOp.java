package dev.axiomml.core.op;

import dev.axiomml.core.tensor.RuntimeValue;
import java.util.List;

/**
 * A step that only runs: integer and boolean arithmetic, shape queries, sequences, control flow.
 */
public non-sealed interface RunOp extends Op, SampleStatement {
  /** The outputs. */
  List<RuntimeValue> run(List<RuntimeValue> in);

  /** One sentence for the person who asks for a proof: why there is no bound. */
  String whyNoBound();
}
