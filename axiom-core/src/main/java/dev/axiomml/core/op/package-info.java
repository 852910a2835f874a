/** Operators: six families that state mathematics once, and their members. */
@NullMarked
package dev.axiomml.core.op;

import org.jspecify.annotations.NullMarked;
