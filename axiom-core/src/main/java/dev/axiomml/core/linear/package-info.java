/**
 * Linear maps as values: {@link dev.axiomml.core.linear.LoopNest}s say which element of an output
 * is the sum of which products, and {@link dev.axiomml.core.linear.LinearEngine} runs them,
 * forwards, transposed and by either factor.
 *
 * <p>It uses nothing but the JDK.
 */
@NullMarked
package dev.axiomml.core.linear;

import org.jspecify.annotations.NullMarked;
