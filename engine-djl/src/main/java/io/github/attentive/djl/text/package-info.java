/** From the caller's text to the numbers a model reads, with the way back to the text. */
@NullMarked
package io.github.attentive.djl.text;

import org.jspecify.annotations.NullMarked;
