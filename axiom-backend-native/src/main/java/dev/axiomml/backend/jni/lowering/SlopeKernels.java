package dev.axiomml.backend.jni.lowering;

import dev.axiomml.core.op.scalar.DifferentialPolynomial;
import dev.axiomml.core.op.scalar.PiecewiseCurve;
import dev.axiomml.core.op.scalar.RealPolynomial;
import dev.axiomml.core.op.scalar.ShiftedSine;
import dev.axiomml.core.op.scalar.SmoothRing;
import dev.axiomml.core.op.scalar.TangentPolynomial;
import dev.axiomml.core.op.scalar.WeightedPolynomial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Derivatives of functions of one number; the words are described at the kernel. */
final class SlopeKernels {
  private static final int CURVES = 0;
  private static final int RING = 1;
  private static final int TANGENT = 2;

  private final List<Long> words = new ArrayList<>();
  private final LoweringContext at;

  private SlopeKernels(LoweringContext at, int kind) {
    this.at = at;
    words.addAll(LoweringContext.longs(at.out().count(), kind));
  }

  static Optional<MemorySlot> weighted(WeightedPolynomial op, LoweringContext at) {
    return new SlopeKernels(at, CURVES).whole(0).curve(op).emitted();
  }

  static Optional<MemorySlot> piecewise(PiecewiseCurve op, LoweringContext at) {
    SlopeKernels kernel = new SlopeKernels(at, CURVES).whole(op.cuts().size());
    op.cuts().forEach(cut -> kernel.real(cut.at()).whole(cut.left() ? 1 : 0));
    op.curves().forEach(kernel::curve);
    return kernel.emitted();
  }

  static Optional<MemorySlot> differential(DifferentialPolynomial op, LoweringContext at) {
    SlopeKernels kernel = new SlopeKernels(at, RING).whole(number(op.ring().kind()));
    kernel.real(op.ring().rate()).whole(op.terms().size());
    for (DifferentialPolynomial.Term term : op.terms()) {
      kernel.real(term.coefficient());
      term.exponents().forEach(kernel::whole);
    }
    return kernel.emitted();
  }

  private static int number(SmoothRing.Kind kind) {
    return switch (kind) {
      case LOGISTIC -> 0;
      case GELU_TANH -> 1;
      case MISH -> 2;
      case NORMAL -> 3;
    };
  }

  static Optional<MemorySlot> tangent(TangentPolynomial op, LoweringContext at) {
    return new SlopeKernels(at, TANGENT).polynomial(op.of()).emitted();
  }

  /** The sine or cosine, or its negative. */
  static Optional<MemorySlot> sine(ShiftedSine op, LoweringContext at) {
    int n = at.out().count();
    KernelOpcode wave = op.quarters() % 2 == 0 ? KernelOpcode.SIN : KernelOpcode.COS;
    MemorySlot y = at.emit(wave, at.in(), n, LoweringContext.longs(n, 0, 0));
    return Optional.of(
        op.quarters() < 2
            ? y
            : at.emit(KernelOpcode.NEG, List.of(y), n, LoweringContext.longs(n, 0, 0)));
  }

  private Optional<MemorySlot> emitted() {
    return Optional.of(at.emit(KernelOpcode.SLOPE, at.in(), at.out().count(), words));
  }

  private SlopeKernels whole(int number) {
    words.add((long) number);
    return this;
  }

  private SlopeKernels real(double number) {
    words.add(LoweringContext.bits(number));
    return this;
  }

  private SlopeKernels polynomial(RealPolynomial p) {
    whole(p.degree() + 1);
    for (int power = 0; power <= p.degree(); power++) {
      real(p.coefficient(power));
    }
    return this;
  }

  private SlopeKernels curve(WeightedPolynomial op) {
    WeightedPolynomial.Weight weight = op.weight();
    return polynomial(op.factor())
        .polynomial(weight.base())
        .real(weight.power())
        .polynomial(weight.exponent());
  }
}
