/** Models as ONNX files: one reading of the graph, with a row for each operator. */
@NullMarked
package dev.axiomml.interop.onnx.save;

import org.jspecify.annotations.NullMarked;
