/**
 * ONNX files as they are stored: their graph, operator sets, functions, declared types and tensors.
 */
@NullMarked
package dev.axiomml.interop.onnx.file;

import org.jspecify.annotations.NullMarked;
