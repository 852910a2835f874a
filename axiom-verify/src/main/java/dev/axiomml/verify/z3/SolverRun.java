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
import dev.axiomml.verify.smt.SmtFact;
import dev.axiomml.verify.smt.SmtReal;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One question put to one solver. */
final class SolverRun implements AutoCloseable {
  private static final MathContext DIGITS = new MathContext(60);
  private final Context context;
  private final Map<String, ArithExpr<RealSort>> unknowns = new HashMap<>();

  private SolverRun(Context context) {
    this.context = context;
  }

  static SolverRun start() {
    return new SolverRun(new Context());
  }

  void interrupt() {
    context.interrupt();
  }

  SolverAnswer decide(List<SmtFact> facts, Duration limit) {
    Solver solver = context.mkSolver();
    Params params = context.mkParams();
    params.add("timeout", (int) Math.max(1, Math.min(Integer.MAX_VALUE, limit.toMillis())));
    solver.setParameters(params);
    solver.add(facts.stream().map(this::bool).toArray(BoolExpr[]::new));
    Status status = solver.check();
    if (status == Status.UNSATISFIABLE) {
      return new SolverAnswer.Unsatisfiable();
    }
    return status == Status.SATISFIABLE
        ? new SolverAnswer.Satisfiable(numbers(solver.getModel()))
        : new SolverAnswer.Undecided("Z3 does not know: " + solver.getReasonUnknown());
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

  private BoolExpr bool(SmtFact fact) {
    if (fact instanceof SmtFact.AtMost atMost) {
      return context.mkLe(real(atMost.left()), real(atMost.right()));
    }
    if (fact instanceof SmtFact.Below below) {
      return context.mkLt(real(below.left()), real(below.right()));
    }
    if (fact instanceof SmtFact.Equal equal) {
      return context.mkEq(real(equal.left()), real(equal.right()));
    }
    if (fact instanceof SmtFact.All all) {
      return context.mkAnd(all.facts().stream().map(this::bool).toArray(BoolExpr[]::new));
    }
    if (fact instanceof SmtFact.Any any) {
      return context.mkOr(any.facts().stream().map(this::bool).toArray(BoolExpr[]::new));
    }
    return context.mkNot(bool(((SmtFact.Not) fact).fact()));
  }

  private ArithExpr<RealSort> real(SmtReal real) {
    if (real instanceof SmtReal.Exactly number) {
      return context.mkReal(number.value().toPlainString());
    }
    if (real instanceof SmtReal.Unknown unknown) {
      return unknowns.computeIfAbsent(unknown.name(), context::mkRealConst);
    }
    if (real instanceof SmtReal.Scaled scaled) {
      return context.mkMul(context.mkReal(scaled.factor().toPlainString()), real(scaled.of()));
    }
    if (real instanceof SmtReal.Product product) {
      return context.mkMul(real(product.left()), real(product.right()));
    }
    return sum(((SmtReal.Sum) real).terms());
  }

  private ArithExpr<RealSort> sum(List<SmtReal> terms) {
    ArithExpr<RealSort> sum = context.mkReal(0);
    for (SmtReal term : terms) {
      sum = context.mkAdd(sum, real(term));
    }
    return sum;
  }

  @Override
  public void close() {
    context.close();
  }
}
