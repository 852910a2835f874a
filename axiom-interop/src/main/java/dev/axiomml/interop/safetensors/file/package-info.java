/** The format of safetensors files: the header, its check, and the index of a set of shards. */
@NullMarked
package dev.axiomml.interop.safetensors.file;

import org.jspecify.annotations.NullMarked;
