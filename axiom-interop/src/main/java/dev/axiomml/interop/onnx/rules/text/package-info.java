/** Rules of strings: splitting, matching, tokens and counts of n-grams. */
@NullMarked
package dev.axiomml.interop.onnx.rules.text;

import org.jspecify.annotations.NullMarked;
