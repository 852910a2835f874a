/** Hugging Face's safetensors: a header in JSON, then the tensors' bytes without gaps. */
@NullMarked
package dev.axiomml.interop.safetensors;

import org.jspecify.annotations.NullMarked;
