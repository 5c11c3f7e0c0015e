/** What is set before DJL is first touched. */
@NullMarked
package io.github.attentive.djl.setup;

import org.jspecify.annotations.NullMarked;
