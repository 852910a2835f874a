package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.ir.Value;
import java.util.List;

/** How one ATen operator is said in Axiom's operators. */
@FunctionalInterface
interface Rule {
  Item apply(Call call);

  /** A rule with one computed tensor as result. */
  @FunctionalInterface
  interface One {
    Value apply(Call call);
  }

  /** A rule with several computed tensors as results. */
  @FunctionalInterface
  interface Several {
    List<Value> apply(Call call);
  }
}
