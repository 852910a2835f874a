package dev.axiomml.core.op;

import dev.axiomml.core.tensor.Datum;
import java.util.List;

/**
 * A step that only runs: integer and boolean arithmetic, shape queries, sequences, control flow.
 */
public non-sealed interface RunOp extends Op {
  /** The outputs. */
  List<Datum> run(List<Datum> in);

  /** One sentence for the person who asks for a proof: why there is no bound. */
  String whyNoBound();
}
