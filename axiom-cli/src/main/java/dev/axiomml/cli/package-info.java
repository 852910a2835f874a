/** Where the command {@code axiom} starts, and what it says when it fails. */
@NullMarked
package dev.axiomml.cli;

import org.jspecify.annotations.NullMarked;
