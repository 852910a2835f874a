/** Well-known networks, written with the words that users have. */
@NullMarked
package dev.axiomml.dsl.zoo;

import org.jspecify.annotations.NullMarked;
