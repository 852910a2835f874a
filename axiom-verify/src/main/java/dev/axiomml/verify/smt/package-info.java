/** Networks, regions and formulas as statements about real numbers, for solvers. */
@NullMarked
package dev.axiomml.verify.smt;

import org.jspecify.annotations.NullMarked;
