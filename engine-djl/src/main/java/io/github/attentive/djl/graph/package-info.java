/**
 * A model as a graph, written once for all engines.
 *
 * <p>An architecture calls typed operations on a {@link
 * io.github.attentive.djl.graph.GraphBuilder}; the result is a {@link
 * io.github.attentive.djl.graph.Graph} of named functions over shared parameters. An engine writes
 * it in its own format by visiting the {@link io.github.attentive.djl.graph.Operation operations}.
 * Shapes are checked while the graph is built, with symbolic sizes for what is only known at run
 * time. {@link io.github.attentive.djl.graph.Gradients} writes the way back through a function as
 * further steps of it.
 */
@NullMarked
package io.github.attentive.djl.graph;

import org.jspecify.annotations.NullMarked;
