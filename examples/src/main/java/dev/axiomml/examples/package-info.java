/** Programs to read and to run, one idea each. */
@NullMarked
package dev.axiomml.examples;

import org.jspecify.annotations.NullMarked;
