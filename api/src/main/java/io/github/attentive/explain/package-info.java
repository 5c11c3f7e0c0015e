/**
 * The arithmetic of explanations on plain arrays, in double precision, the same for every engine.
 */
@NullMarked
package io.github.attentive.explain;

import org.jspecify.annotations.NullMarked;
