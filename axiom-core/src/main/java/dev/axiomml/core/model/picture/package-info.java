/** A graph as boxes and arrows, and the pictures that are written of it. */
@NullMarked
package dev.axiomml.core.model.picture;

import org.jspecify.annotations.NullMarked;
