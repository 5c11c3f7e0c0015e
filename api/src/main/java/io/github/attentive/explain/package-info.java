/**
 * The arithmetic of explanations on plain arrays, in double precision, the same for every engine.
 *
 * <ul>
 *   <li>From attention: {@link io.github.attentive.explain.AttentionAggregation}, {@link
 *       io.github.attentive.explain.AttentionRollout}, {@link
 *       io.github.attentive.explain.AttentionFlow}, {@link
 *       io.github.attentive.explain.NormAttention}, {@link
 *       io.github.attentive.explain.PoolingContributions}.
 *   <li>From gradients: {@link io.github.attentive.explain.GradientAttention}, {@link
 *       io.github.attentive.explain.Relevance}, {@link
 *       io.github.attentive.explain.IntegratedGradients}, {@link
 *       io.github.attentive.explain.InputGradient}.
 *   <li>From predictions alone, of texts with units left out, {@link
 *       io.github.attentive.explain.MaskEvaluations}: {@link
 *       io.github.attentive.explain.Occlusion}, {@link io.github.attentive.explain.Lime}, {@link
 *       io.github.attentive.explain.KernelShap}.
 *   <li>How far to believe them: {@link io.github.attentive.explain.TrustAssessment} with {@link
 *       io.github.attentive.explain.Erasure}, {@link io.github.attentive.explain.RankAgreement} and
 *       {@link io.github.attentive.explain.Distributions}.
 * </ul>
 */
@NullMarked
package io.github.attentive.explain;

import org.jspecify.annotations.NullMarked;
