/** Typed flows and layers: how a model is written down. */
@NullMarked
package dev.axiomml.dsl;

import org.jspecify.annotations.NullMarked;
