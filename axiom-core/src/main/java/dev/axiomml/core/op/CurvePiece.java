package dev.axiomml.core.op;

/**
 * A curve of one form over a closed interval, one of those between which a function of one number
 * lies there.
 *
 * @param lo lower end
 * @param hi upper end, equal to the lower one where a single place is meant
 * @param form how the curve bends on the whole interval
 * @param curve the curve, continuous on the interval and at its ends; it has a {@link
 *     ScalarOp#derivative} where it bends
 */
public record CurvePiece(double lo, double hi, Profile.Curve form, ScalarOp curve) {}
