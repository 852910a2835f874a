/**
 * Graphs as lists of kernel calls: {@link dev.axiomml.backend.jni.lowering.KernelLowerings} says
 * which calls an operator becomes, {@link dev.axiomml.backend.jni.lowering.ProductFusion} joins
 * neighbours.
 */
@NullMarked
package dev.axiomml.backend.jni.lowering;

import org.jspecify.annotations.NullMarked;
