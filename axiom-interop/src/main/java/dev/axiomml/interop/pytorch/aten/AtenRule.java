package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.ir.Value;
import java.util.List;

/** How one ATen operator is said in Axiom's operators. */
@FunctionalInterface
public interface AtenRule {
  AtenItem apply(AtenCall call);

  /** A rule with one computed tensor as result. */
  @FunctionalInterface
  interface One {
    Value apply(AtenCall call);
  }

  /** A rule with several computed tensors as results. */
  @FunctionalInterface
  interface Several {
    List<Value> apply(AtenCall call);
  }
}
