/**
 * Graphs compiled to kernels: one plan for each graph and input sizes, one native call a
 * prediction.
 *
 * <p>{@code backend.jni.lowering} says which instructions a graph becomes, {@link
 * dev.axiomml.backend.jni.ValueArena} gives intermediate values their memory, {@link
 * dev.axiomml.backend.jni.ProgramEncoder} writes the program that the library checks, packs and
 * keeps. Native methods and the loading of the library are here alone.
 */
@NullMarked
package dev.axiomml.backend.jni;

import org.jspecify.annotations.NullMarked;
