/** Compiled plans that make one native call a prediction. */
@NullMarked
package dev.axiomml.backend.jni;

import org.jspecify.annotations.NullMarked;
