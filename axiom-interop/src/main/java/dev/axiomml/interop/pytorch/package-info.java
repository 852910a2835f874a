/** PyTorch's files: weights, programs and modules, opened in plain Java. */
@NullMarked
package dev.axiomml.interop.pytorch;

import org.jspecify.annotations.NullMarked;
