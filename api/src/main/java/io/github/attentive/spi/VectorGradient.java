package io.github.attentive.spi;

/**
 * What a model gives at one point of the space of word vectors.
 *
 * @param logits {@code [outputs]}; not copied
 * @param gradient {@code [positions * size]} row-major; not copied
 */
public record VectorGradient(float[] logits, float[] gradient) {}
