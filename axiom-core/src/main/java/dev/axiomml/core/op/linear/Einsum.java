package dev.axiomml.core.op.linear;

import dev.axiomml.core.linear.Loop;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.OpEmitter;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Sums of products of two values, spelled with a letter for each axis: {@code bij,bjk->bik}.
 *
 * <p>Letters that the result does not name are summed over; an ellipsis stands for axes that are
 * broadcast; without {@code ->} the result names, in their order, the letters that occur once.
 *
 * @param equation two operands and the result
 */
public record Einsum(String equation) implements SumOp {
  /** The product of one value or more, two at a time from the left. */
  public static <V> V emit(String equation, OpEmitter<V> to, List<V> in) {
    List<Shape> shapes = in.stream().map(value -> to.type(value).shape()).toList();
    if (in.size() <= 2) {
      return to.one(new Einsum(equation), in);
    }
    EinsumEquation whole = EinsumEquation.of(equation, shapes);
    List<String> rest = whole.operands().subList(2, in.size());
    String needed = whole.out() + String.join("", rest);
    StringBuilder kept = new StringBuilder();
    (whole.operands().get(0) + whole.operands().get(1))
        .chars()
        .distinct()
        .filter(c -> needed.indexOf(c) >= 0)
        .forEach(c -> kept.append((char) c));
    String pair = whole.operands().get(0) + "," + whole.operands().get(1) + "->" + kept;
    List<V> fewer = new ArrayList<>(List.of(to.one(new Einsum(pair), in.subList(0, 2))));
    fewer.addAll(in.subList(2, in.size()));
    return emit(kept + "," + String.join(",", rest) + "->" + whole.out(), to, fewer);
  }

  @Override
  public List<Type> infer(List<Type> in) {
    if (in.size() != 1) {
      FamilyTypes.arity(this, in, 2);
    }
    return SumOp.super.infer(in);
  }

  @Override
  public Shape out(List<Shape> in) {
    EinsumEquation e = EinsumEquation.of(equation, in);
    return e.sizes(in, e.out());
  }

  @Override
  public List<SumTerm> terms(List<Shape> in) {
    EinsumEquation e = EinsumEquation.of(equation, in);
    int[] sizes = e.sizes(in, e.letters()).sizes();
    int[] out = e.steps(e.out(), out(in));
    int[] a = e.steps(e.operands().get(0), in.get(0));
    if (in.size() == 1) {
      return List.of(SumTerm.own(0, List.of(LoopNest.plain(sizes, out, a))));
    }
    int[] b = e.steps(e.operands().get(1), in.get(1));
    List<Loop> loops =
        IntStream.range(0, sizes.length)
            .mapToObj(i -> Loop.of(sizes[i], out[i], a[i], b[i]))
            .toList();
    return List.of(SumTerm.product(List.of(LoopNest.of(loops))));
  }

  /** A known matrix on the last axis makes a dense layer; most others are a matrix product. */
  @Override
  public Optional<OpLowering> given(List<Type> in, List<KnownValue> known) {
    if (in.size() == 1) {
      return Optional.empty();
    }
    List<Shape> shapes = FamilyTypes.shapes(in);
    EinsumEquation e = EinsumEquation.of(equation, shapes);
    boolean matrix = known.get(1).isKnown() && shapes.get(1).rank() == 2;
    Optional<OpLowering> dense = matrix ? dense(e) : Optional.empty();
    return dense.or(() -> MatrixForm.of(e, shapes));
  }

  private static Optional<OpLowering> dense(EinsumEquation e) {
    String x = e.operands().get(0);
    String w = e.operands().get(1);
    if (x.isEmpty() || x.chars().distinct().count() < x.length() || w.charAt(0) == w.charAt(1)) {
      return Optional.empty();
    }
    String rows = x.substring(x.length() - 1);
    boolean turned = w.endsWith(rows);
    String columns = turned ? w.substring(0, 1) : w.substring(1);
    boolean fits =
        w.contains(rows)
            && !x.contains(columns)
            && e.out().equals(x.substring(0, x.length() - 1) + columns);
    return fits ? Optional.of(new DenseForm(turned)) : Optional.empty();
  }

  /** The dense layer of a weight that may lie the other way round. */
  private record DenseForm(boolean turned) implements OpLowering {
    @Override
    public <V> List<V> emit(OpEmitter<V> to, List<V> in) {
      V weight = turned ? to.one(Permute.of(1, 0), in.subList(1, 2)) : in.get(1);
      return to.emit(new Dense(), List.of(in.get(0), weight));
    }
  }
}
