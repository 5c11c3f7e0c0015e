/**
 * For a host's own unit tests: a classifier and an explainer in plain Java, without natives and
 * files, and assertions about explanations that need no test framework.
 */
@NullMarked
package io.github.attentive.testing;

import org.jspecify.annotations.NullMarked;
