/**
 * The PyTorch engine: writes a graph as a TorchScript archive and runs and trains it through DJL.
 *
 * <p>Hosts do not use these classes: the engine is found by its name, {@code pytorch}.
 */
@NullMarked
package io.github.attentive.pytorch;

import org.jspecify.annotations.NullMarked;
