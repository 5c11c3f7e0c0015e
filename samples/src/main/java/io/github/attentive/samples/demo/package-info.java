/** The main job: three small models, trained, asked, drawn. */
@NullMarked
package io.github.attentive.samples.demo;

import org.jspecify.annotations.NullMarked;
