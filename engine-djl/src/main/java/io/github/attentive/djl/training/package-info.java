/** Training a graph: the loop and the recipes; an engine brings the gradient steps. */
@NullMarked
package io.github.attentive.djl.training;

import org.jspecify.annotations.NullMarked;
