/**
 * Running graphs: the backends' contract, and the reference interpreter that says what every
 * operator means.
 */
@NullMarked
package dev.axiomml.core.run;

import org.jspecify.annotations.NullMarked;
