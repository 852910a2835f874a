package dev.axiomml.dsl.recipe;

import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;

/**
 * An operator that a model will hold: what it computes and which weights it wants, before they
 * exist.
 *
 * @param kind what it is numbered as: {@code conv}, {@code relu}
 * @param weights its operands after the first, in their order
 * @param rule checks the other operands and tells the results
 * @param op the operator
 */
public record OperatorPart(String kind, List<WeightDraft> weights, Rule rule, Op op)
    implements RecipeStep.Content {
  /** Types of results. */
  @FunctionalInterface
  public interface Rule {
    List<Type> out(List<Type> in);
  }

  /** An operator without weights. */
  public static OperatorPart of(String kind, Op op) {
    return new OperatorPart(kind, List.of(), op::infer, op);
  }

  /** Nothing but a kind, to ask for a step's place. */
  static OperatorPart unmade(String kind) {
    return new OperatorPart(kind, List.of(), in -> in, new Reshape(Shape.SCALAR));
  }

  /** An operator with weights that leaves shapes as they are. */
  public static OperatorPart keeping(String kind, List<WeightDraft> weights, Op op) {
    return new OperatorPart(kind, weights, in -> List.of(in.get(0)), op);
  }
}
