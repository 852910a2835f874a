/** Values: element types, symbolic sizes, shapes and immutable tensors. */
@NullMarked
package dev.axiomml.core.tensor;

import org.jspecify.annotations.NullMarked;
