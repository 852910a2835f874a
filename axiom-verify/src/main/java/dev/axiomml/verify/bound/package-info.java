/**
 * Sound bounds on every value of a network: intervals read forward, linear bounds read backward,
 * both with the margin of any float32 execution.
 */
@NullMarked
package dev.axiomml.verify.bound;

import org.jspecify.annotations.NullMarked;
