/**
 * The graph, and the two ways to read it: forward with a {@code GraphReading}, backward with a
 * {@code ReverseReading}.
 */
@NullMarked
package dev.axiomml.core.ir;

import org.jspecify.annotations.NullMarked;
