/**
 * A node of an ONNX file as its rule sees it: settings, operands, signature, and the steps that
 * rules are put together from.
 */
@NullMarked
package dev.axiomml.interop.onnx.node;

import org.jspecify.annotations.NullMarked;
