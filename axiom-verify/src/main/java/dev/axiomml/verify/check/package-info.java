/**
 * The check of certificates, in whole numbers, sharing nothing with the code that found the proofs.
 */
@NullMarked
package dev.axiomml.verify.check;

import org.jspecify.annotations.NullMarked;
