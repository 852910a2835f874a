/**
 * Resizing and sampling of images.
 *
 * <p>It uses {@code core.op} and packages that stand before it; no two packages of operators use
 * each other both ways.
 */
@NullMarked
package dev.axiomml.core.op.image;

import org.jspecify.annotations.NullMarked;
