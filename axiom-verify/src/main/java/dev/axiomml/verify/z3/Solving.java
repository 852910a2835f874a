package dev.axiomml.verify.z3;

import com.microsoft.z3.ArithExpr;
import com.microsoft.z3.BoolExpr;
import com.microsoft.z3.Context;
import com.microsoft.z3.Expr;
import com.microsoft.z3.FuncDecl;
import com.microsoft.z3.Model;
import com.microsoft.z3.Params;
import com.microsoft.z3.RatNum;
import com.microsoft.z3.RealSort;
import com.microsoft.z3.Solver;
import com.microsoft.z3.Status;
import dev.axiomml.verify.smt.Fact;
import dev.axiomml.verify.smt.Real;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One question put to one solver. */
final class Solving implements AutoCloseable {
  private static final MathContext DIGITS = new MathContext(60);
  private final Context context;
  private final Map<String, ArithExpr<RealSort>> unknowns = new HashMap<>();

  private Solving(Context context) {
    this.context = context;
  }

  static Solving start() {
    return new Solving(new Context());
  }

  void interrupt() {
    context.interrupt();
  }

  Answer decide(List<Fact> facts, Duration limit) {
    Solver solver = context.mkSolver();
    Params params = context.mkParams();
    params.add("timeout", (int) Math.max(1, Math.min(Integer.MAX_VALUE, limit.toMillis())));
    solver.setParameters(params);
    solver.add(facts.stream().map(this::bool).toArray(BoolExpr[]::new));
    Status status = solver.check();
    if (status == Status.UNSATISFIABLE) {
      return new Answer.Unsatisfiable();
    }
    return status == Status.SATISFIABLE
        ? new Answer.Satisfiable(numbers(solver.getModel()))
        : new Answer.Undecided("Z3 does not know: " + solver.getReasonUnknown());
  }

  private static Map<String, BigDecimal> numbers(Model model) {
    Map<String, BigDecimal> numbers = new HashMap<>();
    for (FuncDecl<?> unknown : model.getConstDecls()) {
      Expr<?> value = model.getConstInterp(unknown);
      if (value instanceof RatNum ratio) {
        BigDecimal top = new BigDecimal(ratio.getBigIntNumerator());
        BigDecimal bottom = new BigDecimal(ratio.getBigIntDenominator());
        numbers.put(unknown.getName().toString(), top.divide(bottom, DIGITS));
      }
    }
    return numbers;
  }

  private BoolExpr bool(Fact fact) {
    if (fact instanceof Fact.AtMost atMost) {
      return context.mkLe(real(atMost.left()), real(atMost.right()));
    }
    if (fact instanceof Fact.Below below) {
      return context.mkLt(real(below.left()), real(below.right()));
    }
    if (fact instanceof Fact.Equal equal) {
      return context.mkEq(real(equal.left()), real(equal.right()));
    }
    if (fact instanceof Fact.All all) {
      return context.mkAnd(all.facts().stream().map(this::bool).toArray(BoolExpr[]::new));
    }
    if (fact instanceof Fact.Any any) {
      return context.mkOr(any.facts().stream().map(this::bool).toArray(BoolExpr[]::new));
    }
    return context.mkNot(bool(((Fact.Not) fact).fact()));
  }

  private ArithExpr<RealSort> real(Real real) {
    if (real instanceof Real.Exactly number) {
      return context.mkReal(number.value().toPlainString());
    }
    if (real instanceof Real.Unknown unknown) {
      return unknowns.computeIfAbsent(unknown.name(), context::mkRealConst);
    }
    if (real instanceof Real.Scaled scaled) {
      return context.mkMul(context.mkReal(scaled.factor().toPlainString()), real(scaled.of()));
    }
    if (real instanceof Real.Product product) {
      return context.mkMul(real(product.left()), real(product.right()));
    }
    return sum(((Real.Sum) real).terms());
  }

  private ArithExpr<RealSort> sum(List<Real> terms) {
    ArithExpr<RealSort> sum = context.mkReal(0);
    for (Real term : terms) {
      sum = context.mkAdd(sum, real(term));
    }
    return sum;
  }

  @Override
  public void close() {
    context.close();
  }
}
