/** The backend on ND4J; the only package that sees ND4J, which is an optional dependency. */
@NullMarked
package dev.axiomml.backend.nd4j;

import org.jspecify.annotations.NullMarked;
