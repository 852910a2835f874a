package dev.axiomml.core.op.linear;

import dev.axiomml.core.linear.Loop;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.op.window.WindowNests;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;

/**
 * Convolution (cross-correlation) over any number of spatial axes, channels-last.
 *
 * <p>Shape: x (N, spatial…, in), kernel (kernel…, in / groups, out) and, if wanted, bias (out) to
 * (N, windows…, out). Output channel {@code o} of group {@code g} draws on that group's input
 * channels only. PyTorch holds the kernel as (out, in / groups, kernel…).
 *
 * @param geometry windows, their sizes equal to the kernel's
 * @param groups divides both in and out
 */
public record Conv(WindowGeometry geometry, int groups) implements SumOp {
  /** Refuses no groups. */
  public Conv {
    if (groups < 1) {
      throw new IllegalArgumentException("a convolution has at least one group, got " + groups);
    }
  }

  @Override
  public List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 2, 3);
    return SumOp.super.infer(in);
  }

  /** Whether each channel has a filter of its own. */
  public boolean isDepthwise(Shape kernel) {
    return groups == kernel.size(-2) * groups && groups == kernel.size(-1);
  }

  @Override
  public Shape out(List<Shape> in) {
    Shape kernel = in.get(1);
    WeightChecks.kernel("conv", kernel, geometry);
    Dim outputs = kernel.dim(-1);
    if (outputs.isFixed() && outputs.value() % groups != 0) {
      throw WeightChecks.groups("conv", groups, "output", outputs);
    }
    List<Dim> windows = geometry.windows("conv", in.get(0));
    CommonShapeRules.channels("conv", in.get(0), kernel.dim(-2).times(groups));
    if (in.size() == 3) {
      WeightChecks.require("conv bias", in.get(2), Shape.of(outputs));
    }
    return CommonShapeRules.resized(in.get(0), windows).with(-1, outputs);
  }

  @Override
  public List<SumTerm> terms(List<Shape> in) {
    Shape kernel = in.get(1);
    int outputs = kernel.size(-1);
    int c = kernel.size(-2);
    int o = outputs / groups;
    List<Loop> channels =
        List.of(Loop.of(groups, o, c, o), Loop.of(c, 0, 1, outputs), Loop.of(o, 1, 0, 1));
    Shape out = out(in);
    WindowNests windows = WindowNests.of(geometry, in.get(0), out);
    return SumTerm.biased(windows.products(kernel, channels), in, out);
  }
}
