/** Splits a region until every box is shown or an input breaks the claim. */
@NullMarked
package dev.axiomml.verify.search;

import org.jspecify.annotations.NullMarked;
