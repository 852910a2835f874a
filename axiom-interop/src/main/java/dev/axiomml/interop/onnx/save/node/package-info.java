/** Nodes of an ONNX file as they are written: names, weights, sizes and the order of axes. */
@NullMarked
package dev.axiomml.interop.onnx.save.node;

import org.jspecify.annotations.NullMarked;
