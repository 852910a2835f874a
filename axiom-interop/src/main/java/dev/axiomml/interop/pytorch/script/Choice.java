package dev.axiomml.interop.pytorch.script;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.interop.pytorch.aten.Item;
import java.util.List;

/** Decides branches. */
final class Choice {
  private final Frame frame;

  Choice(Frame frame) {
    this.frame = frame;
  }

  /**
   * The side of a branch that runs.
   *
   * <p>A condition on a size that is not known yet, which does nothing but raise an error, holds:
   * sizes are checked when the model runs.
   */
  List<Statement> side(Statement.Branch branch, Thing condition) {
    if (!(condition instanceof Thing.Open open)) {
      return truth(condition) ? branch.then() : branch.otherwise();
    }
    boolean thenRaises = raises(branch.then());
    if (thenRaises == raises(branch.otherwise())) {
      throw frame.undecided(open.toString());
    }
    Thing.Open holds = thenRaises ? open.negated() : open;
    if (holds.relation().equals("eq")) {
      frame.evaluation().learn(holds.left(), holds.right());
    }
    return thenRaises ? branch.otherwise() : branch.then();
  }

  private static boolean raises(List<Statement> block) {
    return block.stream()
        .anyMatch(
            s ->
                s instanceof Statement.Assign call
                    && call.value() instanceof Expression.Called called
                    && called.function().dotted().equals("ops.prim.RaiseException"));
  }

  boolean truth(Thing thing) {
    if (thing instanceof Thing.Open open) {
      throw frame.undecided(open.toString());
    }
    if (thing instanceof Thing.Listed listed) {
      return !listed.things().isEmpty();
    }
    Item item = frame.settled(thing);
    if (item instanceof Item.Flag flag) {
      return flag.value();
    }
    if (item instanceof Item.Text text) {
      return !text.value().isEmpty();
    }
    if (item instanceof Item.Real real) {
      return real.value() != 0;
    }
    if (item instanceof Item.Ref || item instanceof Item.Weight) {
      throw dynamic();
    }
    return !(item instanceof Item.Nothing) && frame.whole(thing) != 0;
  }

  private ModelImportException dynamic() {
    return frame.fault(
        "the elements of a tensor decide what the model computes",
        "a graph has no branches or loops that depend on computed values",
        "write it with torch.where, or load the part without the branch");
  }
}
