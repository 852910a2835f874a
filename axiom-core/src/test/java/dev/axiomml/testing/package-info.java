/**
 * What the tests of all modules share: where outside parts are found, and what happens without
 * them.
 */
@NullMarked
package dev.axiomml.testing;

import org.jspecify.annotations.NullMarked;
