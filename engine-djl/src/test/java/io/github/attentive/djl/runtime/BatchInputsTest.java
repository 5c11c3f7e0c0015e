package io.github.attentive.djl.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.TextInput;
import io.github.attentive.djl.graph.Axis;
import io.github.attentive.djl.graph.ElementType;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.GraphBuilder;
import io.github.attentive.djl.text.EncodedText;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a batch looks like to a graph. */
class BatchInputsTest {
  private static final int PAD = 99;

  private static final List<EncodedText> BATCH =
      List.of(encoded("ab", "cd"), encoded("x", null), encoded("", null));

  private static EncodedText encoded(String text, String pair) {
    return new TextsOfLetters()
        .encode(pair == null ? TextInput.of(text) : TextInput.of(text, pair));
  }

  private static BatchInputs inputs(String... names) {
    GraphBuilder graph = new GraphBuilder();
    FunctionBuilder classify = graph.function("classify");
    for (String name : names) {
      classify.input(name, ElementType.INT64, Axis.named("batch"), Axis.named("length"));
    }
    return new BatchInputs(graph.build(), PAD);
  }

  private static long[] values(HostArray array) {
    return ((HostArray.Longs) array).values();
  }

  @Test
  void textsArePaddedToTheLongest() {
    List<HostArray> arrays = inputs("input_ids", "attention_mask", "token_type_ids").of(BATCH);
    assertThat(arrays)
        .hasSize(3)
        .allSatisfy(array -> assertThat(array.shape()).containsExactly(3, 4));
    assertThat(values(arrays.get(0)))
        .containsExactly(1, 2, 3, 4, 24, PAD, PAD, PAD, PAD, PAD, PAD, PAD);
    assertThat(values(arrays.get(1))).containsExactly(1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0);
    assertThat(values(arrays.get(2))).containsExactly(0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void hiddenPositionsAreMasked() {
    EncodedText text = BATCH.get(0);
    BitSet hidden = new BitSet();
    hidden.set(1);
    hidden.set(3);
    EncodedText partly = text.hiding(hidden);
    hidden.clear();
    assertThat(partly).isNotEqualTo(text).isNotEqualTo(text.hiding(new BitSet()));
    assertThat(text.hiding(new BitSet())).isEqualTo(text).hasSameHashCodeAs(text);
    List<HostArray> arrays = inputs("input_ids", "attention_mask").of(List.of(partly));
    assertThat(values(arrays.get(0))).containsExactly(1, 2, 3, 4);
    assertThat(values(arrays.get(1))).containsExactly(1, 0, 1, 0);
  }

  @Test
  void oneTextHasNoPadding() {
    List<HostArray> arrays = inputs("input_ids", "attention_mask").of(BATCH.subList(0, 1));
    assertThat(values(arrays.get(0))).containsExactly(1, 2, 3, 4);
    assertThat(values(arrays.get(1))).containsExactly(1, 1, 1, 1);
  }

  @Test
  void inputsStandInTheOrderOfTheFunction() {
    List<HostArray> arrays = inputs("token_type_ids", "input_ids").of(BATCH.subList(0, 1));
    assertThat(values(arrays.get(0))).containsExactly(0, 0, 1, 1);
    assertThat(values(arrays.get(1))).containsExactly(1, 2, 3, 4);
  }

  @Test
  void aPaddingTokenInsideATextIsNotPadding() {
    EncodedText text = encoded("aba", null);
    GraphBuilder graph = new GraphBuilder();
    FunctionBuilder classify = graph.function("classify");
    classify.input("attention_mask", ElementType.INT64, Axis.named("batch"), Axis.named("length"));
    List<HostArray> arrays = new BatchInputs(graph.build(), 1).of(List.of(text));
    assertThat(values(arrays.get(0))).containsExactly(1, 1, 1);
  }

  @Test
  void anInputThatIsNoTextsIsRefused() {
    assertThatThrownBy(() -> inputs("input_ids", "pixels").of(BATCH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("input 'pixels' is no text's");
  }
}
