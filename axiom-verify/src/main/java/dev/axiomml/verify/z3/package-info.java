/** The solver Z3; the only package that knows it. */
@NullMarked
package dev.axiomml.verify.z3;

import org.jspecify.annotations.NullMarked;
