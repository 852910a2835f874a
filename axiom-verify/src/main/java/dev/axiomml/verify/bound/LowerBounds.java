package dev.axiomml.verify.bound;

import java.util.List;

/**
 * Linear bounds from below in terms of the inputs.
 *
 * @param least for each row a number that no execution falls below; −∞ where nothing is known
 * @param coefficients for each input the rows' slopes in its elements, which say where to split
 */
public record LowerBounds(double[] least, List<double[][]> coefficients) {}
