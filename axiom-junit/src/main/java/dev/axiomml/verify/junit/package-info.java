/** Proofs as assertions in tests, with JUnit 5 and AssertJ. */
@NullMarked
package dev.axiomml.verify.junit;

import org.jspecify.annotations.NullMarked;
