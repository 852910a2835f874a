/** Settings of layers that users write: how windows lie, and what recurrent layers are. */
@NullMarked
package dev.axiomml.dsl.setting;

import org.jspecify.annotations.NullMarked;
