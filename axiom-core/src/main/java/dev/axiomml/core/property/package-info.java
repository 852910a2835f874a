/** Properties as data: the words users type, the tree they build, and its text form. */
@NullMarked
package dev.axiomml.core.property;

import org.jspecify.annotations.NullMarked;
