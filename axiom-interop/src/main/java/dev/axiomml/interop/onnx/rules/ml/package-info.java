/** Rules of the domain ai.onnx.ml: linear models, trees, support vectors and labels. */
@NullMarked
package dev.axiomml.interop.onnx.rules.ml;

import org.jspecify.annotations.NullMarked;
