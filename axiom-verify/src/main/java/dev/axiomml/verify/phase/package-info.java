/** Splits hinges, functions of two straight pieces, until every part of a claim is shown. */
@NullMarked
package dev.axiomml.verify.phase;

import org.jspecify.annotations.NullMarked;
