/** Running a graph: what an engine brings, and what is the same for all of them. */
@NullMarked
package io.github.attentive.djl.runtime;

import org.jspecify.annotations.NullMarked;
