/** What importers share about the order of axes: which ports have channels, and their ports. */
@NullMarked
package dev.axiomml.interop.layout;

import org.jspecify.annotations.NullMarked;
