/**
 * Seeded fuzzers of proofs: random claims about random networks, judged by evaluation.
 *
 * <p>What judges here shares nothing with what is judged: formulas are built as trees of this
 * package, handed over as text, and evaluated in exact arithmetic.
 */
package dev.axiomml.verify.fuzz;
