/**
 * Draws attention, and how well a model does, as SVG.
 *
 * <p>Start with {@link io.github.attentive.viz.Svg#heatmap(io.github.attentive.Explanation)} or
 * {@link io.github.attentive.viz.Svg#bars(io.github.attentive.Explanation)}, for single heads with
 * {@link io.github.attentive.viz.Svg#headView(io.github.attentive.Explanation)} and {@link
 * io.github.attentive.viz.Svg#modelView(io.github.attentive.Explanation)}, of a training with
 * {@link io.github.attentive.viz.Svg#learningCurve(io.github.attentive.TrainingHistory)} or {@link
 * io.github.attentive.viz.Svg#confusionMatrix(io.github.attentive.Evaluation)}; for numbers of your
 * own, with {@link io.github.attentive.viz.Heatmap}, {@link io.github.attentive.viz.Bars}, {@link
 * io.github.attentive.viz.HeadView}, {@link io.github.attentive.viz.ModelView}, {@link
 * io.github.attentive.viz.LearningCurve} and {@link io.github.attentive.viz.ConfusionMatrix}.
 *
 * <p>Figures need no browser, font or toolkit to be made. Equal input gives equal bytes on any JDK,
 * operating system, locale and time zone. A figure holds no script and refers to nothing outside
 * itself; texts may come from anywhere, and characters that XML does not allow or that would
 * reorder the text around them are shown as U+FFFD and counted in the description.
 */
@NullMarked
package io.github.attentive.viz;

import org.jspecify.annotations.NullMarked;
