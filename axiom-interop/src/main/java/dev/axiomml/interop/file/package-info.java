/** Files as bytes: mapped regions, zip and tar archives, and what kind of model a file holds. */
@NullMarked
package dev.axiomml.interop.file;

import org.jspecify.annotations.NullMarked;
