/** The contract tests that every engine runs; published as a test-jar. */
@NullMarked
package io.github.attentive.contract;

import org.jspecify.annotations.NullMarked;
