/** A program that runs on whichever engine its class path has. */
package io.github.attentive.samples.swap;
