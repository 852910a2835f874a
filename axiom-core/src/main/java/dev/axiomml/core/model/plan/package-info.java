/** Which graph and which plan of a model run for arrays of given types. */
@NullMarked
package dev.axiomml.core.model.plan;

import org.jspecify.annotations.NullMarked;
