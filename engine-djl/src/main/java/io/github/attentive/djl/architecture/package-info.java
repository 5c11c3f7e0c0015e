/** The models this library knows, each written once on the graph. */
@NullMarked
package io.github.attentive.djl.architecture;

import org.jspecify.annotations.NullMarked;
