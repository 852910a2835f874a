/** Shape rules, checks of settings, and arithmetic that operators of several packages share. */
@NullMarked
package dev.axiomml.core.op.common;

import org.jspecify.annotations.NullMarked;
