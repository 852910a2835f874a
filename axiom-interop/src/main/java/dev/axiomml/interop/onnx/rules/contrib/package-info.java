/**
 * Rules of ONNX Runtime's own domain com.microsoft: what its optimiser fuses and its quantiser
 * writes.
 */
@NullMarked
package dev.axiomml.interop.onnx.rules.contrib;

import org.jspecify.annotations.NullMarked;
