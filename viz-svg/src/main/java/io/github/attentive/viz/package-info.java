/**
 * Draws attention, and how well a model does, as SVG.
 *
 * <p>For an explanation start with the methods of {@link io.github.attentive.viz.Svg}, such as
 * {@link io.github.attentive.viz.Svg#highlight(io.github.attentive.Explanation)}; {@link
 * io.github.attentive.viz.ExplanationFigures} draws all of them, and {@link
 * io.github.attentive.viz.Report} makes a page of them. Each kind of figure has a builder, which
 * also takes numbers and labels from anywhere: {@link io.github.attentive.viz.Highlight}, {@link
 * io.github.attentive.viz.Bars}, {@link io.github.attentive.viz.Heatmap}, {@link
 * io.github.attentive.viz.HeadView}, {@link io.github.attentive.viz.ModelView}, {@link
 * io.github.attentive.viz.NeuronView}, {@link io.github.attentive.viz.Probabilities}, {@link
 * io.github.attentive.viz.Evolution}, {@link io.github.attentive.viz.Comparison}, {@link
 * io.github.attentive.viz.LearningCurve} and {@link io.github.attentive.viz.ConfusionMatrix}. What
 * a figure is made for is its {@link io.github.attentive.viz.FigureStyle}; what it was made from
 * are its {@link io.github.attentive.viz.FigureData}.
 *
 * <p>Figures need no browser, font or toolkit to be made. Equal input gives equal bytes on any JDK,
 * operating system, locale and time zone. A figure holds no script and refers to nothing outside
 * itself; texts may come from anywhere, and characters that XML does not allow or that would
 * reorder the text around them are shown as U+FFFD and counted in the description.
 */
@NullMarked
package io.github.attentive.viz;

import org.jspecify.annotations.NullMarked;
