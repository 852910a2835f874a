package dev.axiomml.interop.pytorch.script;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import java.util.List;

/** Decides branches. */
final class BranchChoice {
  private final MethodFrame frame;

  BranchChoice(MethodFrame frame) {
    this.frame = frame;
  }

  /**
   * The side of a branch that runs.
   *
   * <p>A condition on a size that is not known yet, which does nothing but raise an error, holds:
   * sizes are checked when the model runs.
   */
  List<ScriptStatement> side(ScriptStatement.Branch branch, ScriptValue condition) {
    if (!(condition instanceof ScriptValue.Open open)) {
      return truth(condition) ? branch.then() : branch.otherwise();
    }
    boolean thenRaises = raises(branch.then());
    if (thenRaises == raises(branch.otherwise())) {
      throw frame.undecided(open.toString());
    }
    ScriptValue.Open holds = thenRaises ? open.negated() : open;
    if (holds.relation().equals("eq")) {
      frame.evaluation().learn(holds.left(), holds.right());
    }
    return thenRaises ? branch.otherwise() : branch.then();
  }

  private static boolean raises(List<ScriptStatement> block) {
    return block.stream()
        .anyMatch(
            s ->
                s instanceof ScriptStatement.Assign call
                    && call.value() instanceof ScriptExpression.Called called
                    && called.function().dotted().equals("ops.prim.RaiseException"));
  }

  boolean truth(ScriptValue thing) {
    if (thing instanceof ScriptValue.Open open) {
      throw frame.undecided(open.toString());
    }
    if (thing instanceof ScriptValue.Listed listed) {
      return !listed.things().isEmpty();
    }
    AtenItem item = frame.settled(thing);
    if (item instanceof AtenItem.Flag flag) {
      return flag.value();
    }
    if (item instanceof AtenItem.Text text) {
      return !text.value().isEmpty();
    }
    if (item instanceof AtenItem.Real real) {
      return real.value() != 0;
    }
    if (item instanceof AtenItem.Ref || item instanceof AtenItem.Weight) {
      throw dynamic();
    }
    return !(item instanceof AtenItem.Nothing) && frame.whole(thing) != 0;
  }

  private ModelImportException dynamic() {
    return frame.fault(
        "the elements of a tensor decide what the model computes",
        "a graph has no branches or loops that depend on computed values",
        "write it with torch.where, or load the part without the branch");
  }
}
