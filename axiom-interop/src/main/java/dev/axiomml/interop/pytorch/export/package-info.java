/** PyTorch's exported programs ({@code .pt2}), read as programs of ATen calls. */
@NullMarked
package dev.axiomml.interop.pytorch.export;

import org.jspecify.annotations.NullMarked;
