package dev.axiomml.verify.search;

import dev.axiomml.core.op.Box;
import dev.axiomml.verify.bound.Domain;
import dev.axiomml.verify.cert.Method;
import dev.axiomml.verify.cert.ProofLine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A box of the search: its cut from the box above it, and what became of it. Entries stay small:
 * the box itself is put together again when it is needed. Changed by the search's thread only.
 */
final class Cell {
  private final Optional<Cell> above;
  private final boolean low;
  private final int depth;
  private double score = Double.NEGATIVE_INFINITY;
  private Optional<Cut> cut = Optional.empty();
  private Optional<Method> method = Optional.empty();
  private List<Cell> halves = List.of();

  /** One coordinate cut in two. */
  record Cut(int input, int element, float at) {}

  private Cell(Optional<Cell> above, boolean low) {
    this.above = above;
    this.low = low;
    this.depth = above.map(cell -> cell.depth + 1).orElse(0);
  }

  static Cell root() {
    return new Cell(Optional.empty(), false);
  }

  /** Both halves of this cell by its cut. */
  List<Cell> split() {
    halves = List.of(new Cell(Optional.of(this), true), new Cell(Optional.of(this), false));
    return halves;
  }

  double score() {
    return score;
  }

  boolean canSplit() {
    return cut.isPresent() && depth < ProofLine.DEPTH;
  }

  /** Takes up what was found: how it is shown, or where to cut it. */
  void settle(Judgement judgement, Domain domain) {
    method = judgement.shown();
    score = judgement.score();
    cut = method.isPresent() ? Optional.empty() : Cuts.best(judgement.slopes(), domain);
  }

  boolean isShown() {
    return method.isPresent();
  }

  Domain domain(Domain root) {
    List<Box> boxes = new ArrayList<>();
    root.boxes().forEach(b -> boxes.add(new Box(b.lo().clone(), b.hi().clone())));
    for (Cell cell = this; cell.above.isPresent(); cell = cell.above.get()) {
      Cut cut = cell.above.get().cut.orElseThrow();
      Box box = boxes.get(cut.input);
      if (cell.low) {
        box.hi()[cut.element] = Math.min(box.hi()[cut.element], cut.at);
      } else {
        box.lo()[cut.element] = Math.max(box.lo()[cut.element], cut.at);
      }
    }
    return new Domain(boxes, root.ball());
  }

  /** The proof below this cell, all of whose leaves are shown. */
  ProofLine proof() {
    ProofLine.Writer to = new ProofLine.Writer();
    Deque<Cell> open = new ArrayDeque<>();
    open.push(this);
    while (!open.isEmpty()) {
      Cell cell = open.pop();
      if (cell.method.isPresent()) {
        to.leaf(cell.method.get());
        continue;
      }
      Cut at = cell.cut.orElseThrow();
      to.cut(at.input, at.element, at.at);
      open.push(cell.halves.get(1));
      open.push(cell.halves.get(0));
    }
    return to.done();
  }
}
