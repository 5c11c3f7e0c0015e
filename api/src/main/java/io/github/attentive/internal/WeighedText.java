package io.github.attentive.internal;

/**
 * A text whose positions a method has weighed.
 *
 * @param text what is explained
 * @param weights what the method gave
 * @param perturbation the text without some of its units, which the method may have used
 */
record WeighedText(ExplainedText text, PositionWeights weights, Perturbation perturbation) {}
