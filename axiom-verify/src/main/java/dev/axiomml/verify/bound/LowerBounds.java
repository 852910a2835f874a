package dev.axiomml.verify.bound;

import dev.axiomml.core.linear.LinearPanel;
import java.util.List;

/**
 * Linear bounds from below in terms of the inputs.
 *
 * @param all for each form and lane a number that no execution falls below; −∞ where nothing is
 *     known
 * @param coefficients for each input the forms' slopes in its elements, which say where to split
 * @param lanes domains side by side
 */
public record LowerBounds(double[] all, List<LinearPanel> coefficients, int lanes) {
  /** The bound of a form on a domain. */
  public double least(int form, int lane) {
    return all[form * lanes + lane];
  }

  /** The slopes of a form's bound on a domain, for each input. */
  public List<double[]> slopes(int form, int lane) {
    return coefficients.stream().map(a -> a.column(form * lanes + lane)).toList();
  }
}
