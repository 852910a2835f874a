package dev.axiomml.verify.check;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.property.statement.Statement;
import dev.axiomml.verify.cert.ClippedInterval;
import dev.axiomml.verify.cert.ProofCursor;
import dev.axiomml.verify.cert.ProofLine;
import dev.axiomml.verify.cert.ProofMethod;
import dev.axiomml.verify.check.integer.CellKnowledge;
import dev.axiomml.verify.check.integer.CheckRefusal;
import dev.axiomml.verify.check.integer.CheckedRegion;
import dev.axiomml.verify.check.integer.ExactRounding;
import dev.axiomml.verify.check.integer.HingeChoice;
import dev.axiomml.verify.check.integer.IntegerForms;
import dev.axiomml.verify.check.integer.IntegerForward;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Follows a proof tree: what stands below a node covers what the node is about, whatever the node
 * says, and on every leaf the formula is shown again.
 *
 * <p>One box is in memory at a time, and the levels above it. Used once.
 */
final class TreeCheck {
  private static final int SHOWN = 3;

  /** A check ends once so many leaves are not confirmed. */
  private static final int MOST_WIDE = 64;

  private final List<IntegerForms> ways;
  private final ExactRounding rounding;
  private final Statement statement;
  private final Statement denied;
  private final CheckedRegion whole;
  private final CheckedRegion box;
  private final Deque<TreeLevel> path = new ArrayDeque<>();
  private final Map<IntegerForms, CellKnowledge> root = new HashMap<>();
  private final List<Long> wide = new ArrayList<>();
  private String widest = "";

  /** The way whose numbers were long enough for the last clip; the next is no larger. */
  private int clipFrom;

  private long leaves;

  /** What is to be shown of a region. */
  record Question(Statement statement, Statement denied, CheckedRegion region) {}

  /**
   * @param question the statement, and what holds where it does not
   */
  TreeCheck(IntegerForms forms, ExactRounding rounding, Question question) {
    this.ways = Stream.concat(forms.inShort().stream(), Stream.of(forms)).toList();
    this.rounding = rounding;
    this.statement = question.statement;
    this.denied = question.denied;
    this.whole = question.region;
    this.box = question.region.copy();
  }

  /** How many leaves were looked at. */
  long leaves() {
    return leaves;
  }

  /** Ends where places are not confirmed, with the levels above the first. */
  void follow(ProofLine proof) {
    ProofCursor at = proof.cursor();
    do {
      at.next();
      if (at.is().below() == 0) {
        leaf(at);
        leave(at);
      } else {
        enter(at);
      }
    } while (!path.isEmpty() && wide.size() < MOST_WIDE);
    if (!wide.isEmpty()) {
      throw CheckRefusal.wide(widest, wide);
    }
  }

  private void wide(ProofCursor at, String what) {
    widest = wide.isEmpty() ? what : widest;
    wide.add(at.leaves());
  }

  private void enter(ProofCursor at) {
    TreeLevel level = level(at);
    path.push(level);
    if (level.isEmpty()) {
      at.skip();
      leave(at);
    }
  }

  /** Goes on from what is shown to what is not; where nothing is left is passed over. */
  private void leave(ProofCursor at) {
    while (!path.isEmpty()) {
      if (!path.element().next()) {
        path.pop();
      } else if (path.element().isEmpty()) {
        at.skip();
      } else {
        return;
      }
    }
  }

  private TreeLevel level(ProofCursor at) {
    return switch (at.is()) {
      case CUT -> cut(at);
      case CLIP -> new TreeLevel.Clip(box, clip(at));
      case PART -> {
        requireBelow(at.element(), parts().size(), "part");
        yield new TreeLevel.Part(at.element());
      }
      case HINGES -> new TreeLevel.Hinges(hinges(at), quick(), inherited(quick(), quick()));
      default -> {
        TreeLevel.Hinges among = named();
        requireBelow(at.element(), among.hinges().size(), "hinge");
        yield new TreeLevel.Sides(among, at.element());
      }
    };
  }

  private TreeLevel cut(ProofCursor at) {
    requireElement(at.input(), at.element());
    return new TreeLevel.Cut(box, at.input(), at.element(), Dyadic.of(at.at()));
  }

  private void requireElement(int input, int element) {
    if (!box.has(input, element)) {
      throw CheckRefusal.of("there is no x" + input + "[" + element + "] to cut", place());
    }
  }

  private void requireBelow(int number, int count, String what) {
    if (number >= count) {
      throw CheckRefusal.of("there is no " + what + " " + number + " of " + count, place());
    }
  }

  /** The hinges that the nearest level names. */
  private TreeLevel.Hinges named() {
    return path.stream()
        .filter(TreeLevel.Hinges.class::isInstance)
        .map(TreeLevel.Hinges.class::cast)
        .findFirst()
        .orElseThrow(() -> CheckRefusal.of("no hinges are named", place()));
  }

  private List<HingeChoice> hinges(ProofCursor at) {
    List<HingeChoice> hinges = new ArrayList<>();
    List<Node> nodes = exact().graph().nodes();
    for (ProofCursor.Elements named : at.hinges()) {
      requireBelow(named.node(), nodes.size(), "node");
      Node node = nodes.get(named.node());
      int size = node.op() instanceof ScalarOp ? node.in().get(0).type().shape().count() : 0;
      for (int element : named.elements()) {
        requireBelow(element, size, "element of " + node.name());
        hinges.add(new HingeChoice(node, element, 0, 0, Dyadic.ZERO));
      }
    }
    if (hinges.stream().map(h -> List.of(h.at(), h.element())).distinct().count() < hinges.size()) {
      throw CheckRefusal.of("a hinge is named twice", place());
    }
    return hinges;
  }

  private void leaf(ProofCursor at) {
    exact().meter().leaf();
    leaves++;
    if (at.is() == ProofCursor.Kind.WEIGHTED) {
      weighted(at);
      return;
    }
    ProofMethod method = at.method();
    Statement claim = claim();
    boolean inherits = isLinear(method) && !path.isEmpty();
    if (!(inherits && shown(claim))
        && ways.stream().noneMatch(way -> shown(way, claim, box, method))) {
      String leaf = "leaf " + method + (path.isEmpty() ? "" : " at " + place());
      if (breaks()) {
        throw CheckRefusal.of(leaf + " is not confirmed: the claim breaks there", "");
      }
      wide(at, leaf + " is not confirmed");
    }
  }

  private boolean breaks() {
    return box.inside()
        .filter(point -> shown(exact(), denied, point, ProofMethod.INTERVAL))
        .isPresent();
  }

  /** A leaf on some sides of hinges, with lines and weights of its own. */
  private void weighted(ProofCursor at) {
    TreeLevel.Hinges among = named();
    int[] slopes = at.slopes();
    float[] weights = at.weights();
    List<TreeLevel.Sides> above = sides(among);
    if (slopes.length != among.hinges().size() || weights.length != above.size()) {
      throw CheckRefusal.of("a leaf with too many or too few multipliers", place());
    }
    List<HingeChoice> choices = new ArrayList<>();
    for (int h = 0; h < slopes.length; h++) {
      HingeChoice hinge = among.hinges().get(h);
      choices.add(new HingeChoice(hinge.at(), hinge.element(), 0, slopes[h], Dyadic.ZERO));
    }
    for (int i = 0; i < weights.length; i++) {
      TreeLevel.Sides split = above.get(i);
      HingeChoice hinge = among.hinges().get(split.hinge());
      Dyadic weight = Dyadic.of(weights[i]);
      choices.set(
          split.hinge(), new HingeChoice(hinge.at(), hinge.element(), split.side(), 0, weight));
    }
    boolean shown =
        ways.stream()
            .anyMatch(way -> holds(way, claim(), known(among, way).with(choices, rounding), true));
    if (!shown) {
      wide(at, "a leaf at " + place() + " is not confirmed");
    }
  }

  /** What is known where hinges were named, or of the present box where it was cut since. */
  private CellKnowledge known(TreeLevel.Hinges among, IntegerForms way) {
    for (TreeLevel level : path) {
      if (level.equals(among)) {
        return among.known(way, () -> inherited(way, way));
      }
      if (level instanceof TreeLevel.Cut) {
        return inherited(way, way);
      }
    }
    throw new IllegalStateException("hinges of another tree");
  }

  /** The splits below the level that names hinges, from the outermost in; each hinge once. */
  private List<TreeLevel.Sides> sides(TreeLevel.Hinges among) {
    List<TreeLevel.Sides> sides = new ArrayList<>();
    for (TreeLevel level : path) {
      if (level.equals(among)) {
        break;
      }
      if (level instanceof TreeLevel.Sides split) {
        sides.add(0, split);
      }
    }
    if (sides.stream().map(TreeLevel.Sides::hinge).distinct().count() < sides.size()) {
      throw CheckRefusal.of("a hinge is split twice", place());
    }
    return sides;
  }

  /** The statement that is asked for here. */
  private Statement claim() {
    boolean apart = path.stream().anyMatch(TreeLevel.Part.class::isInstance);
    return apart ? new Statement.All(parts()) : statement;
  }

  private List<Statement> parts() {
    List<Statement> parts =
        Statement.conjuncts(statement, new CheckedSubjects(exact().graph()).takesLargestApart());
    for (Iterator<TreeLevel> from = path.descendingIterator(); from.hasNext(); ) {
      parts = from.next().parts(parts);
    }
    return parts;
  }

  /** What a clip leaves: all that may break the statement, and no less than the proof says. */
  private Optional<CheckedRegion> clip(ProofCursor at) {
    CheckedRegion said = box.copy();
    for (ClippedInterval cut : at.clips()) {
      requireElement(cut.input(), cut.element());
      Dyadic lo = box.lo().get(cut.input())[cut.element()];
      Dyadic hi = box.hi().get(cut.input())[cut.element()];
      said.lo().get(cut.input())[cut.element()] = lo.partWay(hi, cut.below());
      said.hi().get(cut.input())[cut.element()] =
          hi.negate().partWay(lo.negate(), cut.above()).negate();
    }
    CellKnowledge around = inherited(quick(), quick());
    lastCut().ifPresent(cut -> cut.known(quick(), around::forParts));
    Optional<CheckedRegion> left = Optional.empty();
    for (IntegerForms way : ways.subList(clipFrom, ways.size())) {
      clipFrom = ways.indexOf(way);
      CellKnowledge known = way.equals(quick()) ? around : inherited(quick(), way);
      left = new CheckedClip(new TermRanges(way, known, rounding, true)).of(claim(), box);
      if (left.filter(part -> !said.holds(part)).isEmpty()) {
        break;
      }
    }
    return left.map(part -> said.isEmpty() ? part : CheckedClip.around(said, part));
  }

  /** The outermost and the innermost levels. */
  private String place() {
    List<String> cuts = new ArrayList<>();
    Iterator<TreeLevel> from = path.descendingIterator();
    for (int i = 0; from.hasNext(); i++) {
      String cut = from.next().toString();
      if (i < SHOWN || i >= path.size() - SHOWN) {
        cuts.add(cut);
      } else if (i == SHOWN) {
        cuts.add("…");
      }
    }
    return String.join(" › ", cuts);
  }

  /** A backward walk is tried for the methods that name one. */
  private static boolean isLinear(ProofMethod method) {
    return method == ProofMethod.LINEAR || method == ProofMethod.EXACT;
  }

  /** The way of the longest numbers. */
  private IntegerForms exact() {
    return ways.get(ways.size() - 1);
  }

  /** The way of the shortest. */
  private IntegerForms quick() {
    return ways.get(0);
  }

  /**
   * A leaf by what is known of the boxes around it; where short numbers do not show it, in long
   * ones by what short ones show of those, for any range that is shown will do.
   */
  private boolean shown(Statement claim) {
    return IntStream.range(0, ways.size())
        .anyMatch(i -> ways.stream().skip(i).anyMatch(way -> shown(claim, ways.get(i), way)));
  }

  private boolean shown(Statement claim, IntegerForms around, IntegerForms way) {
    return holds(way, claim, inherited(around, way), true);
  }

  private boolean shown(IntegerForms way, Statement claim, CheckedRegion cell, ProofMethod method) {
    boolean linear = isLinear(method);
    return holds(way, claim, IntegerForward.of(way, cell, rounding, linear), linear);
  }

  private boolean holds(IntegerForms way, Statement claim, CellKnowledge known, boolean linear) {
    return new IntegerJudge(new TermRanges(way, known, rounding, linear)).shows(claim);
  }

  /**
   * What is known of the present box, in one way, from what is known in another of each box around
   * it, from the outermost in: only ranges on which a function still bends are made tighter again.
   */
  private CellKnowledge inherited(IntegerForms around, IntegerForms way) {
    Optional<TreeLevel.Cut> last = lastCut();
    if (last.isEmpty()) {
      return root(way);
    }
    CheckedRegion outer = whole.copy();
    CellKnowledge above = root(around).forParts();
    for (Iterator<TreeLevel> from = path.descendingIterator(); from.hasNext(); ) {
      TreeLevel level = from.next();
      level.narrow(outer);
      if (level instanceof TreeLevel.Cut cut && !cut.equals(last.get())) {
        CellKnowledge known = above;
        above =
            cut.known(
                around, () -> IntegerForward.within(known, around, outer, rounding).forParts());
      }
    }
    return IntegerForward.within(above, way, box, rounding);
  }

  private CellKnowledge root(IntegerForms way) {
    return root.computeIfAbsent(way, own -> IntegerForward.of(own, whole, rounding, true));
  }

  private Optional<TreeLevel.Cut> lastCut() {
    return path.stream()
        .filter(TreeLevel.Cut.class::isInstance)
        .map(TreeLevel.Cut.class::cast)
        .findFirst();
  }
}
