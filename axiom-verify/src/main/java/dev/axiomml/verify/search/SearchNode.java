package dev.axiomml.verify.search;

import dev.axiomml.core.op.Box;
import dev.axiomml.verify.bound.BoundDomain;
import dev.axiomml.verify.bound.KnownRanges;
import dev.axiomml.verify.cert.ProofLine;
import dev.axiomml.verify.cert.ProofMethod;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A box of the search: its cut from the box above it, and what became of it. Entries stay small:
 * the box itself is put together again when it is needed. Changed by the search's thread only.
 */
final class SearchNode {
  private final Optional<SearchNode> above;
  private final boolean low;
  private final int depth;
  private double score = Double.NEGATIVE_INFINITY;
  private Optional<Cut> cut = Optional.empty();
  private Optional<ProofMethod> method = Optional.empty();
  private List<SearchNode> halves = List.of();
  private KnownRanges ranges = KnownRanges.NONE;
  private Optional<BoxClip> clip = Optional.empty();

  /** One coordinate cut in two. */
  record Cut(int input, int element, float at) {}

  private SearchNode(Optional<SearchNode> above, boolean low) {
    this.above = above;
    this.low = low;
    this.depth = above.map(cell -> cell.depth + 1).orElse(0);
  }

  static SearchNode root() {
    return new SearchNode(Optional.empty(), false);
  }

  /** Both halves of this cell by its cut. */
  List<SearchNode> split() {
    halves =
        List.of(new SearchNode(Optional.of(this), true), new SearchNode(Optional.of(this), false));
    return halves;
  }

  /** What is known of values on the box that this is a half of. */
  KnownRanges above() {
    return above.map(cell -> cell.ranges).orElse(KnownRanges.NONE);
  }

  /** Lets go of what is known of values, once both halves were judged. */
  KnownRanges release() {
    KnownRanges known = ranges;
    ranges = KnownRanges.NONE;
    return known;
  }

  /** Keeps what is known of values for the halves. */
  void keep(KnownRanges known) {
    ranges = known;
  }

  double score() {
    return score;
  }

  boolean canSplit() {
    return cut.isPresent() && depth < ProofLine.DEPTH;
  }

  /** Takes up what was found: how it is shown, or where to cut it. */
  void settle(GoalBounds judgement, BoundDomain domain) {
    method = judgement.shown();
    score = judgement.score();
    clip = judgement.clip();
    BoundDomain left = clip.map(BoxClip::part).orElse(domain);
    boolean nothing = BoxClip.isEmpty(left.boxes());
    method = nothing ? Optional.of(ProofMethod.LINEAR) : method;
    cut = method.isPresent() ? Optional.empty() : BoxCuts.best(judgement.slopes(), left);
  }

  boolean isShown() {
    return method.isPresent();
  }

  BoundDomain domain(BoundDomain root) {
    List<Box> boxes = new ArrayList<>();
    root.boxes().forEach(b -> boxes.add(new Box(b.lo().clone(), b.hi().clone())));
    for (SearchNode cell = this; cell.above.isPresent(); cell = cell.above.get()) {
      cell.above.get().clip.ifPresent(part -> part.cut(boxes));
      Cut cut = cell.above.get().cut.orElseThrow();
      Box box = boxes.get(cut.input);
      if (cell.low) {
        box.hi()[cut.element] = Math.min(box.hi()[cut.element], cut.at);
      } else {
        box.lo()[cut.element] = Math.max(box.lo()[cut.element], cut.at);
      }
    }
    return new BoundDomain(boxes, root.ball());
  }

  /** Takes back that this cell is shown. */
  void reopen(BoundDomain domain) {
    method = Optional.empty();
    clip = Optional.empty();
    cut = BoxCuts.best(List.of(), domain);
  }

  /** The proof below this cell, all of whose leaves are shown. */
  ProofLine proof() {
    ProofLine.Writer to = new ProofLine.Writer();
    inOrder(cell -> cell.write(to));
    return to.done();
  }

  private void write(ProofLine.Writer to) {
    clip.ifPresent(part -> to.clip(part.cuts()));
    if (method.isPresent()) {
      to.leaf(method.get());
    } else {
      Cut at = cut.orElseThrow();
      to.cut(at.input, at.element, at.at);
    }
  }

  /** The leaves below this cell, in the order of its proof. */
  List<SearchNode> leaves() {
    List<SearchNode> leaves = new ArrayList<>();
    inOrder(cell -> Optional.of(cell).filter(SearchNode::isShown).ifPresent(leaves::add));
    return leaves;
  }

  private void inOrder(Consumer<SearchNode> visit) {
    Deque<SearchNode> open = new ArrayDeque<>();
    open.push(this);
    while (!open.isEmpty()) {
      SearchNode cell = open.pop();
      visit.accept(cell);
      if (!cell.isShown()) {
        open.push(cell.halves.get(1));
        open.push(cell.halves.get(0));
      }
    }
  }
}
