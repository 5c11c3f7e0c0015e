/** Texts and labels of the program's own. */
@NullMarked
package io.github.attentive.samples.data;

import org.jspecify.annotations.NullMarked;
