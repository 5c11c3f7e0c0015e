package io.github.attentive.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.InferenceException;
import io.github.attentive.InvalidInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MaskEvaluationsTest {
  private final List<String> asked = new ArrayList<>();

  private final MaskedTarget listening =
      kept -> {
        for (boolean[] version : kept) {
          asked.add(Arrays.toString(version));
        }
        return Toy.linear(0, 1, 2, 4).of(kept);
      };

  private static BitSet of(int... units) {
    BitSet kept = new BitSet();
    for (int unit : units) {
      kept.set(unit);
    }
    return kept;
  }

  @Test
  void noVersionIsEvaluatedTwice() {
    MaskEvaluations text = new MaskEvaluations(3, listening);
    assertThat(text.of(List.of(of(0), of(0, 2), of(0)))).containsExactly(1, 5, 1);
    assertThat(text.cost(List.of(of(0), of(1), of(1), of()))).isEqualTo(2);
    assertThat(text.of(List.of(of(1), of(0, 2)))).containsExactly(2, 5);
    assertThat(text.whole()).isEqualTo(7);
    Occlusion.of(text);
    Lime.fit(text, LimeOptions.ofSeed(1));
    KernelShap.of(text, ShapOptions.forUnits(3, 1));
    TrustAssessment.of(new double[] {1, 2, 4}).assess(text);
    NormalisedErasure.of(text, new int[] {2, 1, 0}, 3);
    assertThat(asked).doesNotHaveDuplicates().hasSize(8);
    assertThat(text.forwardPasses()).isEqualTo(8);
  }

  @Test
  void aCallersSetMayChangeLater() {
    MaskEvaluations text = new MaskEvaluations(3, listening);
    BitSet kept = of(0);
    assertThat(text.of(kept)).isEqualTo(1);
    kept.set(1);
    assertThat(text.of(kept)).isEqualTo(3);
    assertThat(text.of(of(0))).isEqualTo(1);
  }

  @Test
  void theBudgetIsKeptBeforeAnythingRuns() {
    MaskEvaluations text = new MaskEvaluations(3, listening, 3);
    text.whole();
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Occlusion.of(text))
        .withMessage(
            "forward passes: expected at most 3, the budget, got 1 done and 3 more to do; allow"
                + " more or take a shorter text");
    assertThat(asked).hasSize(1);
    assertThat(text.of(List.of(of(0), of(1)))).containsExactly(1, 2);
    assertThat(text.of(of(0))).as("what is known costs nothing").isEqualTo(1);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> new MaskEvaluations(-1, listening))
        .withMessageContaining("got -1 and 10000");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> new MaskEvaluations(1, listening, 0));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> new MaskEvaluations(3, listening).of(of(3)))
        .withMessage("kept units: expected 0 to 2, got 3");
    nonsense("expected 1 results, got 2", kept -> new double[2]);
    nonsense(
        "keeps the units {0, 1, 2} of 3: expected a finite target, got NaN",
        Toy.each(kept -> Double.NaN));
    nonsense("got -Infinity", Toy.each(kept -> Double.NEGATIVE_INFINITY));
  }

  private static void nonsense(String message, MaskedTarget target) {
    MaskEvaluations text = new MaskEvaluations(3, target);
    assertThatExceptionOfType(InferenceException.class)
        .isThrownBy(text::whole)
        .withMessageContaining(message);
    assertThat(text.forwardPasses()).as("nothing is remembered of it").isZero();
  }

  @Test
  void wordsMakeUpSentences() {
    int[] sentenceOf = {0, 0, 1, GroupAggregation.NO_GROUP, 1};
    MaskedTarget words = Toy.linear(0.5, 1, 2, 4, 8, 16);
    MaskEvaluations sentences = new MaskEvaluations(2, words.grouped(sentenceOf, 2));
    assertThat(Occlusion.of(sentences)).containsExactly(3, 20);
    assertThat(sentences.of(of())).as("a word of no sentence stays").isEqualTo(8.5);
    assertThat(KernelShap.of(sentences, ShapOptions.forUnits(2, 0)).values())
        .containsExactly(new double[] {3, 20}, within(1e-12));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> words.grouped(sentenceOf, 1))
        .withMessage("group of member 2: expected -1 to 0, got 1");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> words.grouped(sentenceOf, 2).of(new boolean[][] {{true}}))
        .withMessageContaining("kept groups: expected 2, got [true]");
  }

  @Test
  void aTextWithoutWordsHasNoScores() {
    MaskEvaluations empty = new MaskEvaluations(0, Toy.each(kept -> 0.7));
    assertThat(Occlusion.of(empty)).isEmpty();
    assertThat(Lime.fit(empty, LimeOptions.ofSeed(1)).weights()).isEmpty();
    assertThat(KernelShap.of(empty, ShapOptions.forUnits(0, 1)).values()).isEmpty();
    assertThat(empty.forwardPasses()).isEqualTo(1);
  }

  @Test
  void subsetsAreComplete() {
    for (int n = 0; n < 7; n++) {
      assertThat(Subsets.proper(n)).hasSize((1 << n) - 1).doesNotHaveDuplicates();
      for (int k = 0; k <= n; k++) {
        int[] chosen = new int[k];
        for (int i = 0; i < k; i++) {
          chosen[i] = i;
        }
        Set<BitSet> seen = new HashSet<>();
        do {
          seen.add(of(chosen));
        } while (Subsets.next(chosen, n));
        assertThat(seen).hasSize((int) Subsets.binomial(n, k));
      }
    }
    assertThat(Subsets.binomial(52, 26)).isEqualTo(495918532948104.0);
  }
}
