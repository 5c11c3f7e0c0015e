package io.github.attentive.internal;

import java.util.function.Supplier;

/**
 * A text whose positions a method has weighed.
 *
 * @param text what is explained
 * @param weights what the method gave
 * @param perturbation gives the text without some of its units, as the method left it if it used
 *     that
 */
record WeighedText(
    ExplainedText text, PositionWeights weights, Supplier<Perturbation> perturbation) {}
