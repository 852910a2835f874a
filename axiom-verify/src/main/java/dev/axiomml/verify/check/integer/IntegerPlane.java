package dev.axiomml.verify.check.integer;

import dev.axiomml.core.exact.Dyadic;
import java.util.List;

/**
 * What a weighted sum of values never falls below on a box, in terms of the inputs: {@code constant
 * + Σ slopes·x}.
 *
 * @param constant the rest
 * @param slopes for each input one for each element
 */
public record IntegerPlane(Dyadic constant, List<Dyadic[]> slopes) {}
