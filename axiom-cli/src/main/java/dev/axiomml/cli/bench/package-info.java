/** {@code axiom bench}: a compiled model beside other runtimes, in one run. */
@NullMarked
package dev.axiomml.cli.bench;

import org.jspecify.annotations.NullMarked;
