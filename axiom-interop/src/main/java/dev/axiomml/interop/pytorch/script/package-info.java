/** TorchScript: the source text of traces and scripts, followed into programs of ATen calls. */
@NullMarked
package dev.axiomml.interop.pytorch.script;

import org.jspecify.annotations.NullMarked;
