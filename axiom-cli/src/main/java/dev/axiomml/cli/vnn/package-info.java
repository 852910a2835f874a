/** Questions in VNN-LIB put to models: one, or all instances of a benchmark. */
@NullMarked
package dev.axiomml.cli.vnn;

import org.jspecify.annotations.NullMarked;
