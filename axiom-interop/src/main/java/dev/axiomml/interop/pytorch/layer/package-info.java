/** PyTorch's layers with their settings, as descriptors and pickled modules hold them. */
@NullMarked
package dev.axiomml.interop.pytorch.layer;

import org.jspecify.annotations.NullMarked;
