/** PyTorch's operators: straight-line programs of ATen calls, and the one table that reads them. */
@NullMarked
package dev.axiomml.interop.pytorch.aten;

import org.jspecify.annotations.NullMarked;
