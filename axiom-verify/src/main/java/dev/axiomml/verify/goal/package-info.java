/** What has to be shown of a network's values so that a formula holds. */
@NullMarked
package dev.axiomml.verify.goal;

import org.jspecify.annotations.NullMarked;
