package dev.axiomml.interop.onnx.rules;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.move.Concat;
import dev.axiomml.core.op.move.Expand;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.move.Take;
import dev.axiomml.core.op.pair.Compare;
import dev.axiomml.core.op.pair.Where;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.IndexWalk;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import java.util.List;
import java.util.Optional;

/** Equality and choice, which exporters use on symbolic sizes too. */
final class SelectionRules {
  private SelectionRules() {}

  /** Of sizes it may be known before the graph runs: a symbol is never negative. */
  static List<Value> equal(OnnxNodeContext at) {
    Optional<List<Dim>> a = at.known(0).sizes();
    Optional<List<Dim>> b = at.known(1).sizes();
    boolean alike =
        a.isPresent() && b.isPresent() && at.shape(0).equals(at.shape(1)) && at.rank(0) == 1;
    if (alike) {
      long[] answers = new long[a.get().size()];
      boolean certain = true;
      for (int i = 0; i < answers.length; i++) {
        Dim x = a.get().get(i);
        Dim y = b.get().get(i);
        answers[i] = x.equals(y) ? 1 : 0;
        certain &= x.equals(y) || (x.isFixed() && y.isFixed()) || negative(x) || negative(y);
      }
      if (certain) {
        return List.of(at.constant(Tensor.ofIntegers(at.shape(0), DType.BOOL, answers)));
      }
    }
    Value second = SumRules.second(at);
    return List.of(at.emit(new Compare(Compare.Kind.EQUAL), at.in(0), second));
  }

  private static boolean negative(Dim size) {
    return size.isFixed() && size.value() < 0;
  }

  static List<Value> where(OnnxNodeContext at) {
    if (at.dtype(1).isFloat()) {
      return List.of(at.emit(new Where(), at.in(0), at.in(1), at.in(2)));
    }
    Shape out = broadcast(broadcast(at.shape(0), at.shape(1)), at.shape(2));
    Optional<Tensor> condition = at.tensor(0);
    if (condition.isPresent() && out.isFixed()) {
      return List.of(picked(at, condition.get(), out));
    }
    return at.run(List.of(Type.of(out, at.dtype(1))), (settings, in) -> chosen(in));
  }

  /** A known choice is a gather, through which sizes stay known. */
  private static Value picked(OnnxNodeContext at, Tensor condition, Shape out) {
    int count = out.count();
    Value both = at.emit(new Concat(0), flat(at, at.in(1), out), flat(at, at.in(2), out));
    int[] from = IndexWalk.walk(out.sizes(), IndexWalk.broadcast(condition.shape(), out));
    long[] rows = new long[count];
    for (int i = 0; i < count; i++) {
      rows[i] = condition.longAt(from[i]) != 0 ? i : count + i;
    }
    Value taken = at.emit(new Take(0, Tensor.ofLongs(Shape.of(count), rows)), both);
    return out.rank() == 1 ? taken : at.emit(new Reshape(out), taken);
  }

  private static Value flat(OnnxNodeContext at, Value value, Shape out) {
    Value wide = value.type().shape().equals(out) ? value : at.emit(new Expand(out), value);
    return out.rank() == 1 ? wide : at.emit(new Reshape(Shape.of(out.count())), wide);
  }

  private static List<RuntimeValue> chosen(List<Optional<RuntimeValue>> in) {
    Tensor condition = in.get(0).orElseThrow().tensor();
    Tensor a = in.get(1).orElseThrow().tensor();
    Tensor b = in.get(2).orElseThrow().tensor();
    Shape out = broadcast(broadcast(condition.shape(), a.shape()), b.shape());
    int[] which = IndexWalk.walk(out.sizes(), IndexWalk.broadcast(condition.shape(), out));
    int[] fromA = IndexWalk.walk(out.sizes(), IndexWalk.broadcast(a.shape(), out));
    int[] fromB = IndexWalk.walk(out.sizes(), IndexWalk.broadcast(b.shape(), out));
    int[] from = new int[which.length];
    for (int i = 0; i < from.length; i++) {
      from[i] = condition.longAt(which[i]) != 0 ? fromA[i] : a.size() + fromB[i];
    }
    return List.of(TensorMemory.gather(JoinedOps.of(a, b), out, from));
  }

  /** Two shapes aligned from the right. */
  static Shape broadcast(Shape a, Shape b) {
    return dev.axiomml.core.op.common.CommonShapeRules.broadcast("where", a, b);
  }
}
