/** The commands, one class each. */
@NullMarked
package io.github.attentive.samples.cli;

import org.jspecify.annotations.NullMarked;
