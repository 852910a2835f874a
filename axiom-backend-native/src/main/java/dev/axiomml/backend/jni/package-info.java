/**
 * Graphs compiled to kernels: one plan for each graph and input sizes, one native call a
 * prediction.
 *
 * <p>{@link dev.axiomml.backend.jni.KernelLowerings} says which instructions an operator becomes,
 * {@link dev.axiomml.backend.jni.ProductFusion} joins neighbours, {@link
 * dev.axiomml.backend.jni.ValueArena} gives intermediate values their memory, {@link
 * dev.axiomml.backend.jni.ProgramEncoder} writes the program that the library checks, packs and
 * keeps.
 */
@NullMarked
package dev.axiomml.backend.jni;

import org.jspecify.annotations.NullMarked;
