/**
 * Graphs of ONNX files emitted as core operators, with the nodes that wait until sizes or data are
 * known.
 */
@NullMarked
package dev.axiomml.interop.onnx.graph;

import org.jspecify.annotations.NullMarked;
