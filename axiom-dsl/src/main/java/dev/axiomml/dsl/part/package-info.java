/** Layers as steps of a recipe: operators, and the weights that they want with PyTorch's names. */
@NullMarked
package dev.axiomml.dsl.part;

import org.jspecify.annotations.NullMarked;
