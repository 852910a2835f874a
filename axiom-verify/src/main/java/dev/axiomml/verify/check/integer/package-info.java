/**
 * Bounds of graphs in whole numbers with a power of two, rounded outward, and the meter that they
 * are paid by.
 */
@NullMarked
package dev.axiomml.verify.check.integer;

import org.jspecify.annotations.NullMarked;
