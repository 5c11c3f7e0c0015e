/** Programs that walk through a fine-tuned encoder: a pair of sentences, and a file of texts. */
@NullMarked
package io.github.attentive.samples.walkthrough;

import org.jspecify.annotations.NullMarked;
