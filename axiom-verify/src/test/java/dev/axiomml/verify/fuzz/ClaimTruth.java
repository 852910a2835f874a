package dev.axiomml.verify.fuzz;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.property.Term;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.run.SizedInterpreter;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Claims looked at by running them: an evaluation that shares nothing with prover, checker or the
 * program's own reading of formulas, and gives no opinion where rounding decides.
 */
final class ClaimTruth {
  /** From here on a claim is one over the reals, of which an overflow on the way says nothing. */
  private static final double REAL = 1e-9;

  /** Numbers of a run between whose powers nothing overflows, or vanishes. */
  private static final double LARGE = 1e9;

  private static final int LONGEST = 1000;

  private final Model<?> model;
  private final Random random;
  private final double doubt;

  /** {@code doubt}: how much of the magnitudes involved may be rounding. */
  ClaimTruth(Model<?> model, Random random, double doubt) {
    this.model = model;
    this.random = random;
    this.doubt = doubt;
  }

  /**
   * A sample that clearly breaks a claim; empty when none was met.
   *
   * @param single whether it is claimed of exactly one row
   */
  Optional<String> broken(Theorem<?> theorem, int samples, boolean single) {
    boolean free = theorem.formula().toString().contains("of=" + Subject.SOFTMAX);
    int elements = free ? FormulaNumbers.elements(theorem.formula()) : 0;
    RegionSamples regions =
        new RegionSamples(model, random, FormulaNumbers.compared(theorem.formula()));
    for (int i = 0; i < samples && elements <= LONGEST; i++) {
      Optional<List<Tensor>> x =
          free ? Optional.of(vector(elements)) : regions.inputs(theorem.region(), i);
      if (x.isEmpty()) {
        return Optional.of("its region holds no input");
      }
      List<Tensor> in =
          free || single
              ? x.get()
              : batch(x.get(), regions.inputs(theorem.region(), i + 1).orElse(x.get()));
      Tensor y = free ? softmax(in.get(0)) : model.predictAll(in).get(0);
      boolean known = doubt < REAL || free || isOrdinary(in);
      if (known && fails(theorem.formula(), in.get(0), y)) {
        return Optional.of(in + " gives " + y);
      }
    }
    return Optional.empty();
  }

  /** Whether it fails in any row. */
  private boolean fails(Formula formula, Tensor x, Tensor y) {
    boolean fails = false;
    for (int row = 0; row < rows(y); row++) {
      fails |= fails(formula, new Numbers(row(x, row), row(y, row)));
    }
    return fails;
  }

  /** The sample alone, or before another where the model takes several. */
  private List<Tensor> batch(List<Tensor> x, List<Tensor> other) {
    boolean several =
        model.signature().inputs().stream()
            .map(port -> port.type().shape())
            .noneMatch(shape -> shape.rank() > 0 && shape.dim(0).isFixed());
    if (!several || random.nextBoolean()) {
      return x;
    }
    List<Tensor> both = new ArrayList<>();
    for (int i = 0; i < x.size(); i++) {
      boolean rows = x.get(i).shape().rank() > 0;
      both.add(rows ? TensorRows.stacked(List.of(x.get(i), other.get(i))) : x.get(i));
    }
    return both;
  }

  private static int rows(Tensor batch) {
    return batch.shape().size(0);
  }

  /** A row of a batch; the last of an input that stands beside all of them. */
  private static Tensor row(Tensor batch, int row) {
    int size = batch.size() / rows(batch);
    int from = Math.min(row, rows(batch) - 1) * size;
    float[] numbers = Arrays.copyOfRange(batch.toFloats(), from, from + size);
    return Tensor.of(batch.shape().with(0, Dim.ONE), numbers);
  }

  /** Whether each number of a run is 0 or of a size whose square is at home in float32. */
  private boolean isOrdinary(List<Tensor> in) {
    Graph free = model.inference();
    Graph graph = free.bind(free.symbolsFor(in.stream().map(Tensor::type).toList())).graph();
    boolean ordinary = true;
    for (RuntimeValue value : graph.readAll(List.copyOf(in), new SizedInterpreter()).values()) {
      for (double number : value.tensor().toDoubles()) {
        double size = Math.abs(number);
        ordinary &= size == 0 || (size <= LARGE && size >= 1 / LARGE);
      }
    }
    return ordinary;
  }

  /** A vector that has every element of which the formula speaks. */
  private List<Tensor> vector(int elements) {
    int n = elements + random.nextInt(5);
    return List.of(Tensor.random(Shape.of(1, n), random.nextLong(), -20, 20));
  }

  private static Tensor softmax(Tensor x) {
    double[] y = new Softmax(-1).apply(List.of(x.type()), List.of(x.toDoubles())).get(0);
    return Tensor.ofDoubles(x.shape(), DType.FLOAT32, y);
  }

  /** What a formula speaks of. */
  private record Numbers(Tensor x, Tensor y) {
    Tensor of(Subject subject) {
      return subject == Subject.INPUT ? x : y;
    }
  }

  /** A value with how much of it may be rounding. */
  private record Amount(double value, double size) {}

  private boolean fails(Formula formula, Numbers at) {
    if (formula instanceof Formula.And and) {
      return fails(and.left(), at) || fails(and.right(), at);
    }
    if (formula instanceof Formula.Or or) {
      return fails(or.left(), at) && fails(or.right(), at);
    }
    if (formula instanceof Formula.Implies implies) {
      return fails(new Formula.Not(implies.left()), at) && fails(implies.right(), at);
    }
    if (formula instanceof Formula.Not not) {
      return fails(denied(not.formula()), at);
    }
    if (formula instanceof Formula.Compare compare) {
      return fails(compare, at);
    }
    if (formula instanceof Formula.ArgmaxIs argmax) {
      return fails(argmax, at.of(argmax.of()));
    }
    return formula instanceof Formula.Check check && fails(check.predicate(), at.of(check.of()));
  }

  /** What a negation comes to; of atoms that it does not reach, something that never fails. */
  private static Formula denied(Formula formula) {
    if (formula instanceof Formula.Not not) {
      return not.formula();
    }
    if (formula instanceof Formula.And and) {
      return new Formula.Or(new Formula.Not(and.left()), new Formula.Not(and.right()));
    }
    if (formula instanceof Formula.Or or) {
      return new Formula.And(new Formula.Not(or.left()), new Formula.Not(or.right()));
    }
    if (formula instanceof Formula.Implies implies) {
      return new Formula.And(implies.left(), new Formula.Not(implies.right()));
    }
    if (formula instanceof Formula.Compare c) {
      return switch (c.relation()) {
        case LE -> new Formula.Compare(c.left(), Formula.Relation.GT, c.right());
        case LT -> new Formula.Compare(c.left(), Formula.Relation.GE, c.right());
        case GE -> new Formula.Compare(c.left(), Formula.Relation.LT, c.right());
        case GT -> new Formula.Compare(c.left(), Formula.Relation.LE, c.right());
        case EQ, NEAR -> new Formula.True();
      };
    }
    return new Formula.True();
  }

  /** In a named row, or in any where none is named. */
  private boolean fails(Formula.ArgmaxIs argmax, Tensor values) {
    int width = values.shape().size(-1);
    boolean fails = false;
    for (int i = 0; i < values.size(); i++) {
      double own = values.doubleAt(i / width * width + argmax.index());
      double room = doubt * (Math.abs(own) + Math.abs(values.doubleAt(i)));
      fails |= !(own >= values.doubleAt(i) - room) || !Double.isFinite(values.doubleAt(i));
    }
    return fails && (argmax.row().isEmpty() || values.size() == width);
  }

  private static boolean fails(Formula.Predicate predicate, Tensor values) {
    boolean bad = false;
    double sum = 0;
    for (int i = 0; i < values.size(); i++) {
      double v = values.doubleAt(i);
      sum += v;
      bad |=
          switch (predicate) {
            case NO_NAN -> Double.isNaN(v);
            case NO_INF -> Double.isInfinite(v);
            case FINITE -> !Double.isFinite(v);
            case VALID_PROBABILITIES -> !(v >= 0 && v <= 1);
          };
    }
    int rows = values.shape().rank() == 0 ? 1 : values.size() / values.shape().size(-1);
    boolean off = predicate == Formula.Predicate.VALID_PROBABILITIES && Math.abs(sum - rows) > 0.01;
    return bad || off;
  }

  private boolean fails(Formula.Compare c, Numbers at) {
    Amount left = amount(c.left(), at);
    Amount right = amount(c.right(), at);
    double off = left.value() - right.value();
    if (!Double.isFinite(left.size()) || !Double.isFinite(right.size()) || Double.isNaN(off)) {
      return isSpoilt(c.left(), at) || isSpoilt(c.right(), at);
    }
    double room = doubt * (left.size() + right.size()) + Double.MIN_VALUE;
    return switch (c.relation()) {
      case LE, LT -> off > room;
      case GE, GT -> off < -room;
      case EQ -> Math.abs(off) > room;
      case NEAR -> Math.abs(off) > room + 1e-3 * (left.size() + right.size());
    };
  }

  /** Whether a term mentions a number of the program that is not finite. */
  private static boolean isSpoilt(Term term, Numbers at) {
    if (term instanceof Term.Binary binary) {
      return isSpoilt(binary.left(), at) || isSpoilt(binary.right(), at);
    }
    return !(term instanceof Term.Constant) && !Double.isFinite(amount(term, at).size());
  }

  private static Amount amount(Term term, Numbers at) {
    if (term instanceof Term.Constant constant) {
      double number = constant.value().doubleValue();
      return new Amount(number, Math.abs(number));
    }
    if (term instanceof Term.Element element) {
      Tensor of = at.of(element.of());
      double v = of.doubleAt(position(of.shape(), element.index()));
      return new Amount(v, Math.abs(v));
    }
    if (term instanceof Term.Reduce reduce) {
      return reduced(reduce.reduction(), at.of(reduce.of()));
    }
    Term.Binary binary = (Term.Binary) term;
    Amount a = amount(binary.left(), at);
    Amount b = amount(binary.right(), at);
    return switch (binary.operation()) {
      case PLUS -> new Amount(a.value() + b.value(), a.size() + b.size());
      case MINUS -> new Amount(a.value() - b.value(), a.size() + b.size());
      case TIMES -> new Amount(a.value() * b.value(), a.size() * b.size());
    };
  }

  /** Where an element of one sample stands; the batch of one is not counted. */
  private static int position(Shape shape, List<Integer> index) {
    int at = 0;
    for (int i = 0; i < index.size(); i++) {
      at = at * shape.size(shape.rank() - index.size() + i) + index.get(i);
    }
    return at;
  }

  private static Amount reduced(Term.Reduction reduction, Tensor values) {
    double[] v = values.toDoubles();
    double sum = 0;
    double size = 0;
    double max = Double.NEGATIVE_INFINITY;
    double min = Double.POSITIVE_INFINITY;
    double norm = 0;
    for (double one : v) {
      sum += one;
      size += Math.abs(one);
      max = Math.max(max, one);
      min = Math.min(min, one);
      norm = Math.hypot(norm, one);
    }
    double value =
        switch (reduction) {
          case SUM -> sum;
          case MAX -> max;
          case MIN -> min;
          case NORM1 -> size;
          case NORM2 -> norm;
          case NORMINF -> Math.max(Math.abs(max), Math.abs(min));
        };
    return new Amount(value, size);
  }
}
