/**
 * The checks of model directories that need no engine: what their files say, and whether it fits.
 */
@NullMarked
package io.github.attentive.djl.doctor;

import org.jspecify.annotations.NullMarked;
