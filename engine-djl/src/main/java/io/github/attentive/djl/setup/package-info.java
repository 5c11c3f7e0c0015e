/** What is set before DJL is first touched, and what its engines find. */
@NullMarked
package io.github.attentive.djl.setup;

import org.jspecify.annotations.NullMarked;
