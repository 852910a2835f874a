/** Model and tensor files of other tools, one package for each format. */
@NullMarked
package dev.axiomml.interop;

import org.jspecify.annotations.NullMarked;
