/** Python's pickle format read as plain values: nothing in a file names Java code or calls any. */
@NullMarked
package dev.axiomml.interop.pytorch.pickle;

import org.jspecify.annotations.NullMarked;
