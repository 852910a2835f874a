/** The way to PyTorch's own Python, taken only when it is asked for. */
@NullMarked
package dev.axiomml.interop.pytorch.bridge;

import org.jspecify.annotations.NullMarked;
