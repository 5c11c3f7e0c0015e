/**
 * Reading and writing the files of model directories: safetensors, JSON, text.
 *
 * <p>Readers trust nothing: sizes are checked before anything is allocated, and what is missing,
 * truncated or contradictory is a {@link io.github.attentive.ModelLoadException} that names the
 * file, what was expected and what was found.
 */
@NullMarked
package io.github.attentive.djl.checkpoint;

import org.jspecify.annotations.NullMarked;
