/** Questions in VNN-LIB 1.0 and 2.0; uses core and the files of interop only. */
@NullMarked
package dev.axiomml.interop.vnnlib;

import org.jspecify.annotations.NullMarked;
