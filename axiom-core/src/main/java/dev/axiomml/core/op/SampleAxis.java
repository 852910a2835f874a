package dev.axiomml.core.op;

import dev.axiomml.core.tensor.Dim;

/**
 * How the N samples of a batch lie along an axis that may hold several entries of each: entry
 * {@code (a · N + i) · inner + b} belongs to sample {@code i}, as after a reshape that merges the
 * batch with steps or heads.
 *
 * @param axis counted from the front
 * @param inner how many entries of a sample lie side by side; 1 where each sample is one entry
 */
public record SampleAxis(int axis, Dim inner) {}
