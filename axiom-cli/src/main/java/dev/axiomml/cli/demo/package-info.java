/** The guided tour: {@code axiom demo}, its files and its pictures. */
@NullMarked
package dev.axiomml.cli.demo;

import org.jspecify.annotations.NullMarked;
