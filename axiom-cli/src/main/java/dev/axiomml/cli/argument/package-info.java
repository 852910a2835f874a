/** What several commands take: models, files, regions and options of a search. */
@NullMarked
package dev.axiomml.cli.argument;

import org.jspecify.annotations.NullMarked;
