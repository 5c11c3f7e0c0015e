/**
 * What the classifiers and explainers of every engine have to obey, as tests; published as a
 * test-jar.
 *
 * <p>Extend {@link io.github.attentive.contract.ClassifierContract}, or {@link
 * io.github.attentive.contract.AttentionExplainerContract} for a model with attention, say how a
 * model is opened, and run the class with JUnit. AssertJ has to be on the test class path.
 */
@NullMarked
package io.github.attentive.contract;

import org.jspecify.annotations.NullMarked;
