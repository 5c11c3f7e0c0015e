package io.github.attentive.djl.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.InferenceException;
import io.github.attentive.Recipe;
import io.github.attentive.TrainingOptions;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Parameter;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AdamWUpdatesTest {
  private static final Graph GRAPH = NumberedTexts.graph();
  private static final LearningRate RATE = new LearningRate(0.5f, 4, 0);

  private final StubTrainable stub =
      new StubTrainable(
          GRAPH,
          (words, call) -> StubTrainable.loss(call, new float[words.size()]),
          StubTrainable::calm);

  private AdamWUpdates updates(TrainingOptions.Builder options) {
    return new AdamWUpdates(GRAPH, stub, NumberedTexts.examples(100), RATE, options.build());
  }

  private static TrainingOptions.Builder options() {
    return TrainingOptions.builder(Recipe.BERT);
  }

  private StubAdamW optimizer() {
    return stub.optimizers.get(0);
  }

  @Test
  void matricesDecayAndVectorsDoNot() {
    AdamWUpdates updates = updates(options().weightDecay(0.25f).longestGradient(3));
    updates.update(new int[] {0, 1}, 2);
    assertThat(optimizer().decaying).containsExactly(0);
    assertThat(optimizer().updatesAsked).containsExactly(new AdamW.Update(0.25f, 0.25f, 3));
    assertThat(updates.rate(2)).isEqualTo(0.25f);
  }

  @Test
  void aBatchInPartsIsWeightedBySize() {
    AdamWUpdates updates = updates(options().batchParts(3));
    TrainableGraph.Loss loss = updates.update(IntStream.range(0, 8).toArray(), 0);
    assertThat(optimizer().sizes).containsExactly(2, 3, 3);
    assertThat(optimizer().shares).containsExactly(0.25f, 0.375f, 0.375f);
    assertThat(new HashSet<>(optimizer().seeds)).hasSize(3);
    assertThat(optimizer().updatesAsked).hasSize(1);
    // Losses 1, 2 and 3.
    assertThat(loss.loss()).isCloseTo((2 * 1 + 3 * 2 + 3 * 3) / 8f, within(1e-6f));
    assertThat(loss.logits().shape()).containsExactly(8, 1);
    assertThat(stub.updates.stream().flatMap(List::stream))
        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
  }

  @Test
  void morePartsThanTextsAreAsManyAsTexts() {
    updates(options().batchParts(9)).update(new int[] {4, 5}, 0);
    assertThat(optimizer().sizes).containsExactly(1, 1);
  }

  @Test
  void whatIsDroppedDependsOnSeedAndUpdate() {
    AdamWUpdates updates = updates(options().seed(1));
    updates.update(new int[] {0}, 0);
    updates.update(new int[] {0}, 1);
    updates.update(new int[] {0}, 0);
    updates(options().seed(2)).update(new int[] {0}, 0);
    List<Long> seeds = optimizer().seeds;
    assertThat(seeds.get(0)).isEqualTo(seeds.get(2)).isNotEqualTo(seeds.get(1));
    assertThat(stub.optimizers.get(1).seeds.get(0)).isNotEqualTo(seeds.get(0));
  }

  @Test
  void saysWhichBatchWouldFit() {
    AdamWUpdates updates = updates(options().batchSize(20));
    optimizer().mostTexts = 6;
    assertThatThrownBy(() -> updates.update(IntStream.range(0, 20).toArray(), 0))
        .isInstanceOf(InferenceException.class)
        .hasMessage(
            "batch of 20 texts of 5 tokens: memory does not suffice (tried 7 bytes); 5 such texts"
                + " fit: use a batch size of 5, or compute each batch in 4 parts");
    optimizer().mostTexts = 0;
    assertThatThrownBy(() -> updates.update(new int[] {1, 2}, 0))
        .hasMessage(
            "batch of 2 texts of 3 tokens: memory does not suffice (tried 7 bytes); not even one"
                + " such text fits: use a smaller maximum length, or a smaller model");
  }

  @Test
  void goesOnFromItsState() {
    AdamWUpdates updates = updates(options());
    updates.update(new int[] {0, 1}, 0);
    updates.update(new int[] {2, 3}, 1);
    List<Parameter> state = updates.state();
    assertThat(state).extracting(Parameter::name).doesNotHaveDuplicates().hasSize(6);
    StubTrainable other = new StubTrainable(GRAPH, StubTrainable::calm, StubTrainable::calm);
    AdamWUpdates resumed =
        new AdamWUpdates(GRAPH, other, NumberedTexts.examples(100), RATE, options().build());
    resumed.restore(
        2,
        name ->
            state.stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow().values());
    updates.update(new int[] {4, 5}, 2);
    resumed.update(new int[] {4, 5}, 2);
    for (int p = 0; p < GRAPH.parameters().size(); p++) {
      assertThat(resumed.weights().get(p).values())
          .isEqualTo(updates.weights().get(p).values())
          .isNotEqualTo(GRAPH.parameters().get(p).values());
    }
  }
}
