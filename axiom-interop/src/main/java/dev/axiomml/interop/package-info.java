/** The reader of all kinds of files, over the rooms that read one each. */
@NullMarked
package dev.axiomml.interop;

import org.jspecify.annotations.NullMarked;
