/** The table of PyTorch's operators, and what each call becomes. */
@NullMarked
package dev.axiomml.interop.pytorch.aten.calls;

import org.jspecify.annotations.NullMarked;
