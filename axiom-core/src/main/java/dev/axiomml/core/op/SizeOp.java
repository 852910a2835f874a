package dev.axiomml.core.op;

import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/** An operator of shape arithmetic: it can answer sizes, some symbolic, before the graph runs. */
public interface SizeOp extends RunOp {
  /** The elements of the only output as sizes; empty when they are unknown. */
  Optional<KnownValue.Sizes> sizes(List<Type> in, List<KnownValue> known);
}
