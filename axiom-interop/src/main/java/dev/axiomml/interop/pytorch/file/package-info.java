/**
 * PyTorch's containers: zip, legacy stream and tar, from bytes to named tensors and module trees.
 */
@NullMarked
package dev.axiomml.interop.pytorch.file;

import org.jspecify.annotations.NullMarked;
