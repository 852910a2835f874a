/** Rules of signals: Fourier transforms, windows of samples and mel filters. */
@NullMarked
package dev.axiomml.interop.onnx.rules.signal;

import org.jspecify.annotations.NullMarked;
