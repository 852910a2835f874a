package dev.axiomml.dsl;

import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.tensor.Type;
import java.util.List;

/**
 * An operator that a model will hold: what it computes and which weights it wants, before they
 * exist.
 *
 * @param kind what it is numbered as: {@code conv}, {@code relu}
 * @param weights in the order of the maker's argument
 * @param rule checks the operands and tells the results
 * @param maker the operator, once the weights exist
 */
record OperatorPart(String kind, List<WeightDraft> weights, Rule rule, Maker maker)
    implements RecipeStep.Content {
  /** Types of results. */
  @FunctionalInterface
  interface Rule {
    List<Type> out(List<Type> in);
  }

  /** An operator around its weights. */
  @FunctionalInterface
  interface Maker {
    Op op(List<Parameter> weights);
  }

  /** An operator without weights. */
  static OperatorPart of(String kind, Op op) {
    return new OperatorPart(kind, List.of(), op::infer, weights -> op);
  }

  /** Nothing but a kind, to ask for a step's place. */
  static OperatorPart unmade(String kind) {
    return new OperatorPart(
        kind,
        List.of(),
        in -> in,
        weights -> {
          throw new IllegalStateException(kind + " was never made");
        });
  }

  /** An operator with weights that leaves shapes as they are. */
  static OperatorPart keeping(String kind, List<WeightDraft> weights, Maker maker) {
    return new OperatorPart(kind, weights, in -> List.of(in.get(0)), maker);
  }
}
