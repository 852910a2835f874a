/** Formulas compiled to statements about numbers, and what a statement says of a sample. */
@NullMarked
package dev.axiomml.core.property.statement;

import org.jspecify.annotations.NullMarked;
