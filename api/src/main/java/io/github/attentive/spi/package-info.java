/**
 * For those who bring an engine.
 *
 * <p>Implement {@link io.github.attentive.spi.EngineProvider}, name the class in {@code
 * META-INF/services/io.github.attentive.spi.EngineProvider}, and return an {@link
 * io.github.attentive.spi.EngineModel} from {@code open}: it turns texts into tokens, logits and
 * attention. Labels, explanations, closing and the checks of what a model returns are done here for
 * all engines. The test-jar of this artifact holds the contract tests; extend {@code
 * io.github.attentive.contract.AttentionExplainerContract} and {@code ClassifierContract} to run
 * them over yours.
 */
@NullMarked
package io.github.attentive.spi;

import org.jspecify.annotations.NullMarked;
