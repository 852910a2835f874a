package dev.axiomml.verify.check.integer;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.ir.Node;

/**
 * What a proof says of one element of a function on a part of a box.
 *
 * @param at the function
 * @param element row-major
 * @param side on which side of zero its argument lies: −1, 1, or 0 for both
 * @param slope of the line below it, in 128ths of the way from the slope of its lower piece to that
 *     of its upper
 * @param weight of the side, not negative: so much times the argument is never on the wrong side;
 *     for each unit of the largest weight of a sum
 */
public record HingeChoice(Node at, int element, int side, int slope, Dyadic weight) {}
