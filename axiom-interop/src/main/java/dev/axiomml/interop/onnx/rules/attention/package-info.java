/** Rules of attention over heads, masked and cached, and of the layers that stand in for it. */
@NullMarked
package dev.axiomml.interop.onnx.rules.attention;

import org.jspecify.annotations.NullMarked;
