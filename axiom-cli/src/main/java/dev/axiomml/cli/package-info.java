/** The axiom command. */
@NullMarked
package dev.axiomml.cli;

import org.jspecify.annotations.NullMarked;
