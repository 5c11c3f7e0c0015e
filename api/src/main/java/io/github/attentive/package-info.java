/**
 * Classify text and see what the model looked at.
 *
 * <p>Start with {@link io.github.attentive.Classifier#load(java.nio.file.Path)} or {@link
 * io.github.attentive.AttentionExplainer#load(java.nio.file.Path)}; explain what has no attention
 * with an {@link io.github.attentive.Explainer}, and a classifier of your own with a {@link
 * io.github.attentive.BlackBoxExplainer}; train with {@link io.github.attentive.Trainer}. An engine
 * jar on the class path does the arithmetic; which one is chosen is described at {@link
 * io.github.attentive.LoadOptions}.
 *
 * <p>Everything here is immutable or thread-safe. Arrays are copied in and out. Every failure is an
 * {@link io.github.attentive.AttentiveException}. No value is ever null unless marked {@code
 * Nullable}, and no number is ever NaN or infinite: a model that produces one fails with an {@link
 * io.github.attentive.InferenceException}.
 */
@NullMarked
package io.github.attentive;

import org.jspecify.annotations.NullMarked;
