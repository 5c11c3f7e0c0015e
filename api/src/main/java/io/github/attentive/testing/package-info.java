/**
 * A classifier and an explainer in plain Java for a host's own unit tests: no natives, no files.
 */
@NullMarked
package io.github.attentive.testing;

import org.jspecify.annotations.NullMarked;
