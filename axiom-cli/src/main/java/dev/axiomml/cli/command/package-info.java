/** The commands of {@code axiom}, a class each, and what they say and end with. */
@NullMarked
package dev.axiomml.cli.command;

import org.jspecify.annotations.NullMarked;
