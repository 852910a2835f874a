/** The descriptor {@code axiom.pytorch.sequential.v1}: networks of layers in a row, as JSON. */
@NullMarked
package dev.axiomml.interop.pytorch.descriptor;

import org.jspecify.annotations.NullMarked;
