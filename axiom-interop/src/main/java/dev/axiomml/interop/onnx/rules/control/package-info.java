/** Rules of control: conditions, loops, and sequences and optionals of values. */
@NullMarked
package dev.axiomml.interop.onnx.rules.control;

import org.jspecify.annotations.NullMarked;
