/** Graph to graph: folding, cancelling, and the inference graph that runs and is proved about. */
@NullMarked
package dev.axiomml.core.pass;

import org.jspecify.annotations.NullMarked;
