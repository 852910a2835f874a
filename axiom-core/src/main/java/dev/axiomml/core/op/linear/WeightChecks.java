package dev.axiomml.core.op.linear;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;

/** Checks of weights, which are operands. */
public final class WeightChecks {
  private WeightChecks() {}

  /** Refuses a weight of another shape. */
  public static void require(String role, Shape actual, Shape expected) {
    if (!actual.matches(expected)) {
      throw new ShapeException(
          new Diagnosis(
              role + " is " + actual,
              "",
              "the " + role + " must be " + expected,
              "pass a tensor of shape " + expected));
    }
  }

  /** Refuses a kernel that is not (windows…, channels, channels). */
  static void kernel(String operator, Shape kernel, WindowGeometry geometry) {
    String role = operator + " weight";
    CommonShapeRules.rank(role, kernel, geometry.rank() + 2);
    Shape windows = Shape.of(geometry.kernel().stream().mapToLong(Integer::longValue).toArray());
    require(role, kernel, windows.concat(kernel.sub(geometry.rank(), kernel.rank())));
  }

  /** The refusal of groups that do not divide channels. */
  static ShapeException groups(String operator, int groups, String side, Dim channels) {
    return new ShapeException(
        new Diagnosis(
            operator + " in " + groups + " groups with " + channels + " " + side + " channels",
            "",
            groups + " groups do not divide " + channels + " " + side + " channels",
            "choose groups that divide the channels in and out"));
  }
}
