/** Proofs as data: what the search emits, what certificates hold, what the checker reads. */
@NullMarked
package dev.axiomml.verify.cert;

import org.jspecify.annotations.NullMarked;
