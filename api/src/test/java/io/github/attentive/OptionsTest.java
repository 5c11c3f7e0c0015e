package io.github.attentive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.attentive.explain.HeadFusion;
import io.github.attentive.explain.QuadratureRule;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OptionsTest {
  private static void assertRefused(String message, ThrowingCallable call) {
    assertThatExceptionOfType(InvalidInputException.class).isThrownBy(call).withMessage(message);
  }

  @Nested
  class ForLoading {
    @Test
    void defaults() {
      for (LoadOptions options : List.of(LoadOptions.defaults(), LoadOptions.builder().build())) {
        assertThat(options.engine()).isEmpty();
        assertThat(options.device()).isEqualTo(Device.CPU);
        assertThat(options.threads()).isEmpty();
        assertThat(options.maxLength()).isEmpty();
        assertThat(options.batchSize()).isEqualTo(32);
        assertThat(options.classLoader()).isEmpty();
        assertThat(options.trustForeignGraph()).isFalse();
      }
      assertThat(LoadOptions.defaults()).isSameAs(LoadOptions.defaults());
    }

    @Test
    void whatIsSetIsKept() {
      ClassLoader loader = getClass().getClassLoader();
      LoadOptions.Builder builder =
          LoadOptions.builder()
              .engine("pytorch")
              .device(Device.gpu(1))
              .threads(3)
              .maxLength(64)
              .batchSize(7)
              .classLoader(loader)
              .trustForeignGraph(true);
      LoadOptions options = builder.build();
      builder.engine("other").batchSize(1).threads(1).trustForeignGraph(false);
      assertThat(options.engine()).contains("pytorch");
      assertThat(options.device()).isEqualTo(Device.gpu(1));
      assertThat(options.threads()).isEqualTo(OptionalInt.of(3));
      assertThat(options.maxLength()).isEqualTo(OptionalInt.of(64));
      assertThat(options.batchSize()).isEqualTo(7);
      assertThat(options.classLoader()).containsSame(loader);
      assertThat(options.trustForeignGraph()).isTrue();
      assertThat(builder.build().trustForeignGraph()).isFalse();
      assertThat(LoadOptions.defaults().engine()).isEmpty();
    }

    @Test
    void refusals() {
      LoadOptions.Builder builder = LoadOptions.builder();
      assertRefused("threads: expected at least 1, got 0", () -> builder.threads(0));
      assertRefused("maximum length: expected at least 1, got 0", () -> builder.maxLength(0));
      assertRefused("batch size: expected at least 1, got -5", () -> builder.batchSize(-5));
      assertThatNullPointerException().isThrownBy(() -> builder.engine(null));
      assertThatNullPointerException().isThrownBy(() -> builder.device(null));
      assertThatNullPointerException().isThrownBy(() -> builder.classLoader(null));
      assertThat(builder.build().batchSize()).as("unchanged by refusals").isEqualTo(32);
      assertThat(builder.threads(1).maxLength(1).batchSize(1).build().batchSize()).isEqualTo(1);
    }
  }

  @Nested
  class ForExplaining {
    @Test
    void defaults() {
      for (ExplainOptions options :
          List.of(ExplainOptions.defaults(), ExplainOptions.builder().build())) {
        assertThat(options.method()).isEqualTo(Method.ATTENTION);
        assertThat(options.layer()).isEmpty();
        assertThat(options.head()).isEmpty();
        assertThat(options.target()).isEmpty();
        assertThat(options.granularity()).isEqualTo(Granularity.WORD);
        assertThat(options.specialTokens()).isEqualTo(SpecialTokens.KEEP);
        assertThat(options.queriesAndKeys()).isFalse();
        assertThat(options.fusion()).isEqualTo(HeadFusion.MEAN);
        assertThat(options.contrast()).isEmpty();
        assertThat(options.removal()).isEqualTo(Removal.DELETE);
        assertThat(options.baseline()).isEqualTo(Baseline.PAD);
        assertThat(options.steps()).isEqualTo(50);
        assertThat(options.rule()).isEqualTo(QuadratureRule.GAUSS_LEGENDRE);
        assertThat(options.seed()).isZero();
        assertThat(options.samples()).isEmpty();
        assertThat(options.trust()).isFalse();
        assertThat(options.atLeast()).isEmpty();
        assertThat(options.budget()).isEqualTo(10_000);
      }
    }

    @Test
    void whatOtherMethodsUseIsKept() {
      ExplainOptions integrated =
          ExplainOptions.builder()
              .method(Method.INTEGRATED_GRADIENTS)
              .baseline(Baseline.MASK)
              .rule(QuadratureRule.TRAPEZOID)
              .steps(2)
              .contrast("neg")
              .atLeast(Verdict.UNDECIDED)
              .removal(Removal.PAD)
              .build();
      assertThat(integrated.baseline()).isEqualTo(Baseline.MASK);
      assertThat(integrated.rule()).isEqualTo(QuadratureRule.TRAPEZOID);
      assertThat(integrated.steps()).isEqualTo(2);
      assertThat(integrated.contrast()).contains("neg");
      assertThat(integrated.trust()).as("a verdict needs a card").isTrue();
      assertThat(integrated.atLeast()).contains(Verdict.UNDECIDED);
      assertThat(integrated.removal()).isEqualTo(Removal.PAD);
      ExplainOptions sampled =
          ExplainOptions.builder()
              .method(Method.SHAP)
              .removal(Removal.MASK)
              .samples(2)
              .seed(-7)
              .budget(1)
              .trust(true)
              .build();
      assertThat(sampled.removal()).isEqualTo(Removal.MASK);
      assertThat(sampled.samples()).hasValue(2);
      assertThat(sampled.seed()).isEqualTo(-7);
      assertThat(sampled.budget()).isEqualTo(1);
      assertThat(sampled.trust()).isTrue();
      assertThat(
              ExplainOptions.builder()
                  .method(Method.ROLLOUT)
                  .fusion(HeadFusion.MIN)
                  .build()
                  .fusion())
          .isEqualTo(HeadFusion.MIN);
    }

    private static void assertUnused(
        String option, Set<Method> using, UnaryOperator<ExplainOptions.Builder> set) {
      for (Method method : Method.values()) {
        ExplainOptions.Builder builder = set.apply(ExplainOptions.builder().method(method));
        if (using.contains(method)) {
          assertThat(builder.build().method()).isEqualTo(method);
        } else {
          assertThatExceptionOfType(InvalidInputException.class)
              .isThrownBy(builder::build)
              .withMessageStartingWith(
                  option + ": method '" + method.id() + "' does not use it; expected");
        }
      }
    }

    @Test
    void whatAMethodDoesNotUseIsRefused() {
      Set<Method> ofLayers = EnumSet.of(Method.ATTENTION, Method.NORM, Method.GRAD_ATTENTION);
      Set<Method> integrating = EnumSet.of(Method.INTEGRATED_GRADIENTS);
      Set<Method> ofUnits = EnumSet.of(Method.OCCLUSION, Method.LIME, Method.SHAP);
      assertUnused("layer", ofLayers, builder -> builder.layer(0));
      assertUnused("head", ofLayers, builder -> builder.head(0));
      assertUnused(
          "fusion",
          EnumSet.of(Method.ATTENTION, Method.ROLLOUT),
          builder -> builder.fusion(HeadFusion.MEAN));
      assertUnused("steps", integrating, builder -> builder.steps(50));
      assertUnused("rule", integrating, builder -> builder.rule(QuadratureRule.MIDDLE));
      assertUnused("baseline", integrating, builder -> builder.baseline(Baseline.PAD));
      assertUnused("operator", ofUnits, builder -> builder.removal(Removal.DELETE));
      assertUnused("samples", EnumSet.of(Method.LIME, Method.SHAP), builder -> builder.samples(9));
      assertUnused(
          "contrast",
          EnumSet.range(Method.GRAD_ATTENTION, Method.SHAP),
          builder -> builder.contrast("x"));
      assertUnused("seed", EnumSet.allOf(Method.class), builder -> builder.seed(3));
    }

    @Test
    void whatIsSetIsKept() {
      ExplainOptions.Builder builder =
          ExplainOptions.builder()
              .method(Method.ATTENTION)
              .layer(0)
              .head(11)
              .target("pos")
              .granularity(Granularity.TOKEN)
              .specialTokens(SpecialTokens.DROP)
              .queriesAndKeys(true);
      ExplainOptions options = builder.build();
      builder.layer(5).target("neg");
      assertThat(options.method()).isEqualTo(Method.ATTENTION);
      assertThat(options.layer()).isEqualTo(OptionalInt.of(0));
      assertThat(options.head()).isEqualTo(OptionalInt.of(11));
      assertThat(options.target()).contains("pos");
      assertThat(options.granularity()).isEqualTo(Granularity.TOKEN);
      assertThat(options.specialTokens()).isEqualTo(SpecialTokens.DROP);
      assertThat(options.queriesAndKeys()).isTrue();
    }

    @Test
    void refusals() {
      ExplainOptions.Builder builder = ExplainOptions.builder();
      assertRefused("layer: expected 0 or above, got -1", () -> builder.layer(-1));
      assertRefused("head: expected 0 or above, got -2", () -> builder.head(-2));
      assertThatNullPointerException().isThrownBy(() -> builder.method(null));
      assertThatNullPointerException().isThrownBy(() -> builder.target(null));
      assertThatNullPointerException().isThrownBy(() -> builder.granularity(null));
      assertThatNullPointerException().isThrownBy(() -> builder.specialTokens(null));
      assertThatNullPointerException().isThrownBy(() -> builder.fusion(null));
      assertThatNullPointerException().isThrownBy(() -> builder.contrast(null));
      assertThatNullPointerException().isThrownBy(() -> builder.removal(null));
      assertThatNullPointerException().isThrownBy(() -> builder.baseline(null));
      assertThatNullPointerException().isThrownBy(() -> builder.rule(null));
      assertThatNullPointerException().isThrownBy(() -> builder.atLeast(null));
      assertRefused("samples: expected at least 2, got 1", () -> builder.samples(1));
      assertRefused(
          "budget of forward passes: expected at least 1, got 0", () -> builder.budget(0));
      ExplainOptions.Builder integrated =
          ExplainOptions.builder().method(Method.INTEGRATED_GRADIENTS);
      assertRefused(
          "steps of rule gauss: expected 1 to 10000, got 0", () -> integrated.steps(0).build());
      assertRefused(
          "steps of rule trapezoid: expected 2 to 10000, got 1",
          () -> integrated.steps(1).rule(QuadratureRule.TRAPEZOID).build());
      assertThat(builder.build().layer()).isEmpty();
    }
  }

  @Nested
  class ForTraining {
    @Test
    void defaults() {
      for (Recipe recipe : List.of(Recipe.KERAS_ATTENTION, Recipe.KERAS_POOLING)) {
        TrainingOptions options = TrainingOptions.builder(recipe).build();
        assertThat(options.recipe()).isEqualTo(recipe);
        assertThat(options.epochs()).isEqualTo(100);
        assertThat(options.batchSize()).isEqualTo(32);
        assertThat(options.learningRate()).isEqualTo(0.001f);
        assertThat(options.maxTokens()).isEqualTo(100);
        assertThat(options.maxLength()).isEqualTo(5);
        assertThat(options.embeddingSize()).isEqualTo(16);
        assertThat(options.seed()).isZero();
        assertThat(options.engine()).isEmpty();
        assertThat(options.device()).isEqualTo(Device.CPU);
        assertThat(options.threads()).isEmpty();
        options.listener().onEpoch(new EpochReport(1, 1, 0, 0, null, 0));
      }
    }

    @Test
    void defaultsOfRecurrentClassifiers() {
      TrainingOptions options = TrainingOptions.builder(Recipe.BIGRU_ATTENTION).build();
      assertThat(options.epochs()).isEqualTo(6);
      assertThat(options.batchSize()).isEqualTo(64);
      assertThat(options.learningRate()).isEqualTo(0.001f);
      assertThat(options.maxLength()).isEqualTo(128);
      assertThat(options.embeddingSize()).isEqualTo(100);
      assertThat(options.hiddenSize()).isEqualTo(256);
      assertThat(options.dropout()).isEqualTo(0.3f);
      assertThat(options.padding()).isEqualTo(Padding.MASK);
      assertThat(options.weightDecay()).isZero();
      assertThat(options.warmUp()).isZero();
      assertThat(options.longestGradient()).isZero();
      assertThat(options.tokenizer()).isEmpty();
    }

    @Test
    void defaultsOfEncoders() {
      TrainingOptions scratch = TrainingOptions.builder(Recipe.BERT).build();
      TrainingOptions tuned = TrainingOptions.builder(Recipe.BERT).from(Path.of("x")).build();
      assertThat(scratch.learningRate()).isEqualTo(3e-4f);
      assertThat(tuned.learningRate()).isEqualTo(2e-5f);
      assertThat(tuned.from()).contains(Path.of("x"));
      for (TrainingOptions options : List.of(scratch, tuned)) {
        assertThat(options.epochs()).isEqualTo(3);
        assertThat(options.batchSize()).isEqualTo(32);
        assertThat(options.batchParts()).isEqualTo(1);
        assertThat(options.maxLength()).isEqualTo(64);
        assertThat(options.weightDecay()).isEqualTo(0.01f);
        assertThat(options.warmUp()).isEqualTo(0.1f);
        assertThat(options.longestGradient()).isEqualTo(1);
        assertThat(options.frozenLayers()).isZero();
        assertThat(options.balanced()).isFalse();
        assertThat(options.patience()).isEmpty();
        assertThat(options.resume()).isFalse();
        assertThat(options.checkpointSteps()).isEmpty();
        assertThat(options.cancelled().getAsBoolean()).isFalse();
      }
    }

    @Test
    void whatOtherRecipesHaveIsRefused() {
      assertRefused(
          "frozen layers: recipe keras-attention has no such option; it is one of bert",
          () -> TrainingOptions.builder(Recipe.KERAS_ATTENTION).frozenLayers(1).build());
      assertRefused(
          "hidden size: recipe bert has no such option; it is one of bigru-attention",
          () -> TrainingOptions.builder(Recipe.BERT).hiddenSize(1).build());
      assertRefused(
          "warm-up: recipe keras-pooling has no such option; it is one of bert, bigru-attention",
          () -> TrainingOptions.builder(Recipe.KERAS_POOLING).warmUp(0).build());
      assertRefused(
          "tokenizer t: the checkpoint c has its own; name one of both",
          () ->
              TrainingOptions.builder(Recipe.BERT)
                  .from(Path.of("c"))
                  .tokenizer(Path.of("t"))
                  .build());
      TrainingOptions.builder(Recipe.KERAS_POOLING).balanced(false).resume(true).build();
    }

    @Test
    void whatIsSetIsKept() {
      TrainingListener listener = report -> {};
      TrainingOptions.Builder builder =
          TrainingOptions.builder(Recipe.KERAS_POOLING)
              .epochs(1)
              .batchSize(2)
              .learningRate(0.5f)
              .maxTokens(3)
              .maxLength(4)
              .embeddingSize(5)
              .seed(Long.MIN_VALUE)
              .engine("pytorch")
              .device(Device.gpu(0))
              .threads(6)
              .listener(listener);
      TrainingOptions options = builder.build();
      builder.epochs(9).seed(9);
      assertThat(options.epochs()).isEqualTo(1);
      assertThat(options.batchSize()).isEqualTo(2);
      assertThat(options.learningRate()).isEqualTo(0.5f);
      assertThat(options.maxTokens()).isEqualTo(3);
      assertThat(options.maxLength()).isEqualTo(4);
      assertThat(options.embeddingSize()).isEqualTo(5);
      assertThat(options.seed()).isEqualTo(Long.MIN_VALUE);
      assertThat(options.engine()).contains("pytorch");
      assertThat(options.device()).isEqualTo(Device.gpu(0));
      assertThat(options.threads()).isEqualTo(OptionalInt.of(6));
      assertThat(options.listener()).isSameAs(listener);
    }

    @Test
    void refusals() {
      TrainingOptions.Builder builder = TrainingOptions.builder(Recipe.KERAS_ATTENTION);
      assertRefused("epochs: expected at least 1, got 0", () -> builder.epochs(0));
      assertRefused("batch size: expected at least 1, got 0", () -> builder.batchSize(0));
      for (float rate : new float[] {0, -0f, -1, Float.NaN, Float.POSITIVE_INFINITY}) {
        assertRefused(
            "learning rate: expected a number above 0, got " + rate,
            () -> builder.learningRate(rate));
      }
      assertRefused("vocabulary: expected at least 3 entries, got 2", () -> builder.maxTokens(2));
      assertRefused("maximum length: expected at least 1, got 0", () -> builder.maxLength(0));
      assertRefused("embedding size: expected at least 1, got 0", () -> builder.embeddingSize(0));
      assertRefused("batch parts: expected at least 1, got 0", () -> builder.batchParts(0));
      assertRefused("patience: expected at least 1, got 0", () -> builder.patience(0));
      assertRefused(
          "checkpoint steps: expected at least 1, got 0", () -> builder.checkpointSteps(0));
      assertRefused("frozen layers: expected 0 or above, got -1", () -> builder.frozenLayers(-1));
      assertRefused("hidden size: expected at least 1, got 0", () -> builder.hiddenSize(0));
      for (float share : new float[] {-0.1f, 1, Float.NaN}) {
        String expected = "expected a number from 0 to below 1, got " + share;
        assertRefused("dropout: " + expected, () -> builder.dropout(share));
        assertRefused("warm-up: " + expected, () -> builder.warmUp(share));
      }
      for (float share : new float[] {-0.1f, Float.NaN, Float.POSITIVE_INFINITY}) {
        String expected = "expected a number of at least 0, got " + share;
        assertRefused("weight decay: " + expected, () -> builder.weightDecay(share));
        assertRefused("longest gradient: " + expected, () -> builder.longestGradient(share));
      }
      assertRefused("threads: expected at least 1, got -1", () -> builder.threads(-1));
      assertThatNullPointerException().isThrownBy(() -> TrainingOptions.builder(null));
      assertThatNullPointerException().isThrownBy(() -> builder.engine(null));
      assertThatNullPointerException().isThrownBy(() -> builder.device(null));
      assertThatNullPointerException().isThrownBy(() -> builder.listener(null));
      TrainingOptions untouched = builder.build();
      assertThat(untouched.epochs()).isEqualTo(100);
      assertThat(untouched.learningRate()).isEqualTo(0.001f);
    }
  }
}
