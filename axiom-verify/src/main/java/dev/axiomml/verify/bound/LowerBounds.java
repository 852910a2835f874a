package dev.axiomml.verify.bound;

import dev.axiomml.core.linear.LinearPanel;
import java.util.List;

/**
 * Linear bounds from below in terms of the inputs.
 *
 * @param least for each form a number that no execution falls below; −∞ where nothing is known
 * @param coefficients for each input the forms' slopes in its elements, which say where to split
 */
public record LowerBounds(double[] least, List<LinearPanel> coefficients) {}
