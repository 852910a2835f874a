/** TorchScript: the straight-line source text of traces, read as programs of ATen calls. */
@NullMarked
package dev.axiomml.interop.pytorch.script;

import org.jspecify.annotations.NullMarked;
