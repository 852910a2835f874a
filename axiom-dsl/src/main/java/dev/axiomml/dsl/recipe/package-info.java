/** What a flow writes down while a network is written, and the graph that is made of it. */
@NullMarked
package dev.axiomml.dsl.recipe;

import org.jspecify.annotations.NullMarked;
