/** ONNX files: read into models, one rule an operator. */
@NullMarked
package dev.axiomml.interop.onnx;

import org.jspecify.annotations.NullMarked;
