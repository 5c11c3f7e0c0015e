/** Reading texts and labels from files. */
@NullMarked
package io.github.attentive.samples.data;

import org.jspecify.annotations.NullMarked;
