/**
 * The command line of Attentive: {@link io.github.attentive.samples.Main} and what it is made of.
 */
@NullMarked
package io.github.attentive.samples;

import org.jspecify.annotations.NullMarked;
