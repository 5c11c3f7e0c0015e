/** Reading texts and labels from files, row by row. */
@NullMarked
package io.github.attentive.djl.data;

import org.jspecify.annotations.NullMarked;
