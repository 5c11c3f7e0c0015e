/** Texts and labels: the program's own, and those of files. */
@NullMarked
package io.github.attentive.samples.data;

import org.jspecify.annotations.NullMarked;
