/** The model a user holds: graph, boundary, properties; and what answers about it look like. */
@NullMarked
package dev.axiomml.core.model;

import org.jspecify.annotations.NullMarked;
