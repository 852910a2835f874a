/** The data of a conformance test: its inputs, its expected outputs and its tolerances. */
@NullMarked
package dev.axiomml.interop.onnx.conformance;

import org.jspecify.annotations.NullMarked;
