/** Numbers without rounding, and intervals of them. */
@NullMarked
package dev.axiomml.core.exact;

import org.jspecify.annotations.NullMarked;
