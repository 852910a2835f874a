/** Rules of windows and images: convolution, pooling, resizing, sampling and detection. */
@NullMarked
package dev.axiomml.interop.onnx.rules.image;

import org.jspecify.annotations.NullMarked;
