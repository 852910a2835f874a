/** Errors with four parts: what happened, where, which rule it breaks, and what to type instead. */
@NullMarked
package dev.axiomml.core.error;

import org.jspecify.annotations.NullMarked;
