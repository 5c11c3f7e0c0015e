/**
 * The TensorFlow engine. This version brings its libraries and its name, {@code tensorflow}, but
 * opens no models yet; it says so when asked.
 */
@NullMarked
package io.github.attentive.tensorflow;

import org.jspecify.annotations.NullMarked;
