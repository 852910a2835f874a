/** Programs of calls emitted as graphs, with the memory that their names share. */
@NullMarked
package dev.axiomml.interop.pytorch.aten.assembly;

import org.jspecify.annotations.NullMarked;
