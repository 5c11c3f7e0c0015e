/** Speed, measured the way the Python side measures it. */
@NullMarked
package io.github.attentive.samples.bench;

import org.jspecify.annotations.NullMarked;
