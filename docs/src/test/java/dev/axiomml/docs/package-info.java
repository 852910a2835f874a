/** The rules of the house, and the pages as programs. */
@NullMarked
package dev.axiomml.docs;

import org.jspecify.annotations.NullMarked;
