/** Models that Keras has saved, written on a graph; and the files that stand beside them. */
@NullMarked
package io.github.attentive.djl.keras;

import org.jspecify.annotations.NullMarked;
