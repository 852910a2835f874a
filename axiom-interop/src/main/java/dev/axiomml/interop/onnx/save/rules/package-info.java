/** The table of all operators that are written, a row for each. */
@NullMarked
package dev.axiomml.interop.onnx.save.rules;

import org.jspecify.annotations.NullMarked;
