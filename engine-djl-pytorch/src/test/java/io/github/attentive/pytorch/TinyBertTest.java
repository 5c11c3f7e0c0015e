package io.github.attentive.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import io.github.attentive.AttentionExplainer;
import io.github.attentive.ExplainOptions;
import io.github.attentive.Explanation;
import io.github.attentive.TextInput;
import io.github.attentive.Token;
import java.io.IOException;
import java.io.Reader;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A small BERT that is part of this repository gives what transformers gave, within 1e-5. */
class TinyBertTest {
  private static final Offset<Float> TOLERANCE = within(1e-5f);

  private record Expected(
      String text, @Nullable String pair, List<Long> ids, float[] logits, float[] attentions) {
    TextInput input() {
      return new TextInput(text, pair);
    }
  }

  private record Golden(List<Expected> texts) {}

  private static Path model() throws URISyntaxException {
    return Path.of(TinyBertTest.class.getResource("tiny-bert").toURI());
  }

  private static List<Expected> golden() throws IOException, URISyntaxException {
    try (Reader reader = Files.newBufferedReader(model().resolve("golden.json"))) {
      return new Gson().fromJson(reader, Golden.class).texts();
    }
  }

  private static void assertExplanation(Expected expected, Explanation actual) {
    assertThat(actual.positions()).extracting(Token::id).isEqualTo(expected.ids);
    assertThat(actual.classification().logits()).containsExactly(expected.logits, TOLERANCE);
    int length = expected.ids.size();
    assertThat(actual.attention().shape()).containsExactly(3, 4, length, length);
    assertThat(actual.attention().toArray()).containsExactly(expected.attentions, TOLERANCE);
  }

  @Test
  void givesWhatTransformersGave() throws IOException, URISyntaxException {
    List<Expected> golden = golden();
    assertThat(golden).hasSize(3).anyMatch(text -> text.pair != null);
    try (AttentionExplainer explainer = AttentionExplainer.load(model())) {
      assertThat(explainer.info().family()).isEqualTo("bert");
      assertThat(explainer.labels()).containsExactly("Negative", "Neutral", "Positive");
      List<TextInput> inputs = golden.stream().map(Expected::input).toList();
      List<Explanation> batch = explainer.explainAll(inputs, ExplainOptions.defaults());
      for (int i = 0; i < golden.size(); i++) {
        assertExplanation(golden.get(i), explainer.explain(golden.get(i).input()));
        assertExplanation(golden.get(i), batch.get(i));
        assertThat(explainer.classify(golden.get(i).input()).logits())
            .containsExactly(golden.get(i).logits, TOLERANCE);
      }
    }
  }
}
