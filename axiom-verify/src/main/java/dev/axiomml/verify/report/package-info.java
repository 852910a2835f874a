/** Reports as text, JSON and HTML. */
@NullMarked
package dev.axiomml.verify.report;

import org.jspecify.annotations.NullMarked;
