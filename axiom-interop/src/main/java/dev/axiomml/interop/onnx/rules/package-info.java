/**
 * Rules of the standard domain: functions, sums, norms, shapes, whole numbers, matrices and
 * indices.
 */
@NullMarked
package dev.axiomml.interop.onnx.rules;

import org.jspecify.annotations.NullMarked;
