package dev.axiomml.verify.check;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.property.statement.Sample;
import dev.axiomml.core.property.statement.Statement;
import dev.axiomml.core.property.statement.StatementEvaluation;
import dev.axiomml.core.property.statement.Truth;
import dev.axiomml.core.run.Compilation;
import dev.axiomml.core.run.Plan;
import dev.axiomml.core.run.ReferenceBackend;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.check.integer.CheckRefusal;
import dev.axiomml.verify.check.integer.CheckedRegion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs of a model of one sample by the reference interpreter, given inputs included. */
record CounterexampleReplay(CheckedModel model) {
  private Tensor output(List<Tensor> inputs) {
    try (Plan plan = new ReferenceBackend().compile(model.graph(), Compilation.DEFAULT)) {
      return plan.run(new ArrayList<RuntimeValue>(inputs)).get(0).tensor();
    }
  }

  /** The formula with every "stays" replaced by the class that the reference has. */
  Formula resolved(Formula formula) {
    if (formula instanceof Formula.And and) {
      return new Formula.And(resolved(and.left()), resolved(and.right()));
    }
    if (formula instanceof Formula.Or or) {
      return new Formula.Or(resolved(or.left()), resolved(or.right()));
    }
    if (formula instanceof Formula.Implies implies) {
      return new Formula.Implies(resolved(implies.left()), resolved(implies.right()));
    }
    if (formula instanceof Formula.Not not) {
      return new Formula.Not(resolved(not.formula()));
    }
    return formula instanceof Formula.ArgmaxStays stays
        ? largest(output(model.complete(List.of(stays.reference()))))
        : formula;
  }

  /** Every row keeps the class that it has here; what is not finite has none. */
  private static Formula largest(Tensor output) {
    Formula all = new Formula.True();
    int width = output.shape().size(-1);
    int rank = output.shape().rank();
    for (int row = 0; row * width < output.size(); row++) {
      int best = largest(output, row * width, width);
      if (best < 0) {
        return new Formula.Not(new Formula.True());
      }
      List<Integer> place = new ArrayList<>();
      for (int axis = rank - 2, rest = row; axis > 0; axis--) {
        place.add(0, rest % output.shape().size(axis));
        rest /= output.shape().size(axis);
      }
      all = new Formula.And(all, new Formula.ArgmaxIs(Subject.OUTPUT, place, best - row * width));
    }
    return all;
  }

  /** The largest of some elements; −1 where one is not finite. */
  private static int largest(Tensor output, int from, int width) {
    int best = from;
    boolean finite = true;
    for (int i = from; i < from + width; i++) {
      best = output.doubleAt(i) > output.doubleAt(best) ? i : best;
      finite &= Double.isFinite(output.doubleAt(i));
    }
    return finite ? best : -1;
  }

  /** Why a counterexample shows nothing; empty when the formula is false there. */
  Optional<String> fault(Formula formula, Verdict.Refuted refuted, CheckedRegion region) {
    int inputs = model.ports().size();
    if (formula.isOfPairs()) {
      return pair(formula, refuted, region);
    }
    if (refuted.counterexample().size() != inputs) {
      return Optional.of("it has " + refuted.counterexample().size() + " inputs, not " + inputs);
    }
    Optional<String> outside =
        model
            .misgiven(refuted.counterexample())
            .or(() -> outside(model.free(refuted.counterexample()), region));
    if (outside.isPresent()) {
      return outside;
    }
    Tensor output = output(refuted.counterexample());
    Formula meant = FreeSoftmax.isMeant(formula) ? formula : resolved(formula);
    boolean fails =
        samples(refuted.counterexample().get(0), output).stream().anyMatch(s -> fails(meant, s));
    return fails
        ? Optional.empty()
        : Optional.of("the claim " + PropertyText.of(formula) + " holds there");
  }

  private static boolean fails(Formula formula, Sample sample) {
    Statement statement =
        FreeSoftmax.isMeant(formula)
            ? Statement.ofSoftmax(formula, sample.input().shape())
            : Statement.of(formula, sample.input().shape(), sample.output().shape());
    return StatementEvaluation.decide(statement, sample) == Truth.FAILS;
  }

  /** The run's one sample, or its rows where an input always has several. */
  private List<Sample> samples(Tensor input, Tensor output) {
    if (model.several().isEmpty()) {
      return List.of(new Sample(input, output));
    }
    int rows = input.shape().size(0);
    if (output.shape().rank() == 0 || output.shape().size(0) != rows) {
      throw CheckRefusal.of(rows + " rows of the input give outputs " + output.type(), "");
    }
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      samples.add(new Sample(input.slice(i, i + 1), output.slice(i, i + 1)));
    }
    return samples;
  }

  /** Two inputs near each other whose outputs are too far apart. */
  private Optional<String> pair(Formula claim, Verdict.Refuted refuted, CheckedRegion region) {
    List<Tensor> pair = refuted.counterexample();
    if (pair.size() != 2 || model.free().size() != 1) {
      return Optional.of("a counterexample to a Lipschitz bound is a pair of inputs");
    }
    Optional<String> outside = outside(List.of(pair.get(0)), region);
    if (outside.isPresent() || !fits(pair.get(1), 0)) {
      return outside.or(() -> Optional.of("the second input has another type"));
    }
    Dyadic moved = distance(pair.get(0), pair.get(1));
    Tensor from = output(model.complete(List.of(pair.get(0))));
    Tensor to = output(model.complete(List.of(pair.get(1))));
    if (!isFinite(from) || !isFinite(to)) {
      return isNear(claim, moved)
          ? Optional.empty()
          : Optional.of("inputs that are " + moved + " apart are none that it speaks of");
    }
    Dyadic away = distance(from, to);
    return isBroken(claim, moved, away)
        ? Optional.empty()
        : Optional.of("outputs move by " + away + " where inputs move by " + moved);
  }

  private static boolean isFinite(Tensor tensor) {
    boolean finite = true;
    for (int i = 0; i < tensor.size(); i++) {
      finite &= Math.abs(tensor.doubleAt(i)) <= Double.MAX_VALUE;
    }
    return finite;
  }

  private static boolean isNear(Formula claim, Dyadic moved) {
    if (claim instanceof Formula.LocalLipschitz local) {
      return moved.below(Dyadic.of(local.radius()));
    }
    return claim instanceof Formula.Lipschitz l && !Dyadic.of(l.radius()).below(moved);
  }

  private static boolean isBroken(Formula claim, Dyadic moved, Dyadic away) {
    if (claim instanceof Formula.LocalLipschitz local) {
      return isNear(claim, moved) && !away.below(Dyadic.of(local.limit()));
    }
    return claim instanceof Formula.Lipschitz l
        && isNear(claim, moved)
        && Dyadic.of(l.ratio()).times(moved).below(away);
  }

  private static Dyadic distance(Tensor a, Tensor b) {
    Dyadic most = Dyadic.ZERO;
    for (int i = 0; i < a.size(); i++) {
      most = most.max(Dyadic.of(a.doubleAt(i)).minus(Dyadic.of(b.doubleAt(i))).abs());
    }
    return most;
  }

  private String name(int input) {
    return model.free().get(input).name();
  }

  /** Whether it is of a free input's type. */
  private boolean fits(Tensor tensor, int input) {
    return tensor.type().equals(model.known().inputs().get(input).type());
  }

  private Optional<String> outside(List<Tensor> inputs, CheckedRegion region) {
    for (int input = 0; input < inputs.size(); input++) {
      Tensor x = inputs.get(input);
      if (!fits(x, input)) {
        return Optional.of("input " + name(input) + " is " + x.type());
      }
      int element = firstOutside(x, region.lo().get(input), region.hi().get(input));
      if (element >= 0) {
        return Optional.of(
            "element " + element + " of input " + name(input) + " is outside of the region");
      }
    }
    boolean far = region.sphere().filter(s -> !s.holds(inputs.get(0))).isPresent();
    return far ? Optional.of("it is outside of the ball") : Optional.empty();
  }

  /** −1 when all are inside. */
  private static int firstOutside(Tensor x, Dyadic[] lo, Dyadic[] hi) {
    for (int i = 0; i < x.size(); i++) {
      double value = x.doubleAt(i);
      boolean finite = Math.abs(value) <= Double.MAX_VALUE;
      if (!finite || Dyadic.of(value).below(lo[i]) || hi[i].below(Dyadic.of(value))) {
        return i;
      }
    }
    return -1;
  }
}
