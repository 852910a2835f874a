/** Named tensors, and how they get into a model's parameters and back. */
@NullMarked
package dev.axiomml.interop.weights;

import org.jspecify.annotations.NullMarked;
