/** Functions of one number over intervals: least values, and lines on either side. */
@NullMarked
package dev.axiomml.verify.bound.curve;

import org.jspecify.annotations.NullMarked;
