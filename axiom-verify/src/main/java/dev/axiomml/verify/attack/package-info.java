/** Looks for inputs that break a claim; what it finds is run again before it counts. */
@NullMarked
package dev.axiomml.verify.attack;

import org.jspecify.annotations.NullMarked;
