package dev.axiomml.cli.vnn;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.vnnlib.InputBox;
import dev.axiomml.interop.vnnlib.InputBoxes;
import dev.axiomml.interop.vnnlib.InputRounding;
import dev.axiomml.interop.vnnlib.VnnQuery;
import dev.axiomml.verify.Budget;
import dev.axiomml.verify.VerificationRequest;
import dev.axiomml.verify.Verifier;
import dev.axiomml.verify.cert.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Answers a query about a model box by box.
 *
 * <p>{@code unsat} is said when each box has a proof that the independent checker confirmed, {@code
 * sat} when an input satisfies the query in exact arithmetic with what the reference program
 * answers for it.
 *
 * @param <O> what the model's output is
 */
public final class VnnSearch<O extends Output> {
  private static final String EMPTY =
      "no float32 number lies between the limits of %d of the query's %d boxes of inputs";

  private final Model<O> model;
  private final VnnQuery query;
  private final InputRounding rounding;
  private final VnnBudget budget;
  private final TreeMap<Integer, Claim> proved = new TreeMap<>();
  private final List<String> obstacles = new ArrayList<>();
  private String last = "";

  private VnnSearch(Model<O> model, VnnQuery query, InputRounding rounding, VnnBudget budget) {
    this.model = model;
    this.query = query;
    this.rounding = rounding;
    this.budget = budget;
  }

  /**
   * Answers.
   *
   * @param model its axes in the order of its file
   * @throws dev.axiomml.core.error.PropertyException where the query does not fit the model, or
   *     leaves an input without a limit
   */
  public static VnnResult answer(
      Model<?> model, VnnQuery query, InputRounding rounding, VnnBudget budget) {
    Optional<String> obstacle = query.obstacle();
    return obstacle.isPresent()
        ? VnnResult.without(VnnAnswer.UNKNOWN, obstacle.get())
        : new VnnSearch<>(model, query, rounding, budget).answer();
  }

  private VnnResult answer() {
    QueryFit fit = QueryFit.of(model, query);
    InputBoxes boxes = query.boxes(rounding);
    List<String> said = said(boxes, rounding);
    VnnResult found = searched(boxes.boxes(), fit);
    said.addAll(found.why());
    return new VnnResult(found.answer(), said, found.claims(), found.witness());
  }

  private static List<String> said(InputBoxes boxes, InputRounding rounding) {
    List<String> said = new ArrayList<>();
    if (rounding == InputRounding.NEAREST) {
      said.add("limits of inputs are read as their nearest float32, not as the decimals they are");
    }
    if (boxes.empty() > 0) {
      said.add(EMPTY.formatted(boxes.empty(), boxes.empty() + boxes.boxes().size()));
    }
    if (boxes.empty() > 0 && rounding == InputRounding.EXACT) {
      said.add("--input-rounding nearest reads each limit as its nearest float32");
    }
    return said;
  }

  private VnnResult searched(List<InputBox> boxes, QueryFit fit) {
    if (boxes.isEmpty()) {
      return VnnResult.without(
          VnnAnswer.UNSAT, "the box of inputs is empty, so nothing satisfies the query");
    }
    List<Theorem<O>> theorems =
        boxes.stream().map(box -> box.<O>denied(fit.input(), fit.output())).toList();
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < boxes.size(); i++) {
      open.add(i);
    }
    while (!open.isEmpty() && !budget.isOver()) {
      Optional<VnnResult> sat = round(theorems, open);
      if (sat.isPresent()) {
        return sat.get();
      }
    }
    return ended(boxes.size(), open.size());
  }

  private VnnResult ended(int boxes, int open) {
    String done = proved.size() + " of " + boxes + " boxes of inputs are proved";
    if (open > 0) {
      boolean cancelled = budget.left() > 0;
      String why = cancelled ? "it was interrupted; " : "the time was over; ";
      String more = last.isEmpty() ? "" : "; of the last one: " + last;
      return VnnResult.without(
          cancelled ? VnnAnswer.UNKNOWN : VnnAnswer.TIMEOUT, why + done + more);
    }
    if (!obstacles.isEmpty()) {
      return VnnResult.without(VnnAnswer.UNKNOWN, done + "; " + obstacles.get(0));
    }
    Verdict.Proved how = (Verdict.Proved) proved.firstEntry().getValue().verdict();
    String why = boxes == 1 ? how.method() : done + ", the first " + how.method();
    return new VnnResult(
        VnnAnswer.UNSAT, List.of(why), List.copyOf(proved.values()), Optional.empty());
  }

  /** Asks each open box once; those that more time might decide stay open. */
  private Optional<VnnResult> round(List<Theorem<O>> theorems, List<Integer> open) {
    List<Theorem<O>> asked = open.stream().map(theorems::get).toList();
    BoxRound round = new BoxRound(budget, asked.size());
    Budget each =
        Budget.seconds(budget.left())
            .threads(budget.threads())
            .progress(budget.progress())
            .cancelledBy(round::isOver);
    Verifier.verify(
        model, new VerificationRequest<>(asked, List.of(), Optional.empty()), each, round::take);
    List<Integer> late = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      int box = open.get(i);
      Claim claim = round.claims().get(i);
      Optional<VnnResult> sat = taken(box, claim, round.isLate(i), late);
      if (sat.isPresent()) {
        return sat;
      }
    }
    open.clear();
    open.addAll(late);
    return Optional.empty();
  }

  private Optional<VnnResult> taken(int box, Claim claim, boolean late, List<Integer> again) {
    if (claim.verdict() instanceof Verdict.Proved) {
      proved.put(box, claim);
    } else if (claim.verdict() instanceof Verdict.Refuted refuted) {
      return satisfied(claim, refuted);
    } else if (claim.verdict() instanceof Verdict.Unknown unknown) {
      last = unknown.reason();
      if (late) {
        again.add(box);
      } else {
        obstacles.add(last);
      }
    }
    return Optional.empty();
  }

  /** A claim is also broken by an output that is not finite, which satisfies no comparison. */
  private Optional<VnnResult> satisfied(Claim claim, Verdict.Refuted refuted) {
    Tensor input = refuted.counterexample().get(0);
    Tensor output = refuted.replayed().get(0);
    if (query.isSatisfiedBy(input, output, rounding)) {
      return Optional.of(
          new VnnResult(
              VnnAnswer.SAT,
              List.of("the reference program was run again on it, in float32"),
              List.of(claim),
              Optional.of(new VnnResult.Witness(input, output))));
    }
    obstacles.add("an input of the box has an output that is NaN or infinite");
    return Optional.empty();
  }
}
