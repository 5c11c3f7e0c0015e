package io.github.attentive.explain;

import static io.github.attentive.explain.Samples.piece;
import static io.github.attentive.explain.Samples.special;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.Attribution;
import io.github.attentive.ExplainOptions;
import io.github.attentive.Granularity;
import io.github.attentive.Method;
import io.github.attentive.SpecialTokens;
import io.github.attentive.TextInput;
import io.github.attentive.Token;
import io.github.attentive.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenWeightsTest {
  private static final Offset<Float> CLOSE = within(1e-6f);

  private static Attribution attribute(SpecialTokens policy) {
    return TokenWeights.attribute(
        Samples.GOOD_MOVIE,
        Samples.goodMovie(),
        "yes",
        ExplainOptions.builder().specialTokens(policy).build());
  }

  private static List<Float> weights(Attribution attribution) {
    return attribution.tokens().stream().map(Token::weight).toList();
  }

  @Test
  void keptTokensStayAsTheyAre() {
    Attribution kept = attribute(SpecialTokens.KEEP);
    assertThat(kept.tokens()).isEqualTo(Samples.goodMovie());
    assertThat(kept.dropped()).isZero();
    assertThat(kept.words()).extracting(Word::text).containsExactly("good", "movie");
    assertThat(kept.words().get(0).weight()).isEqualTo(0.2f);
    assertThat(kept.words().get(1).weight()).isCloseTo(0.7f, CLOSE);
    assertThat(kept.words().get(1).start()).isEqualTo(5);
    assertThat(kept.words().get(1).end()).isEqualTo(10);
  }

  @Test
  void droppedTokensAreLeftOutAndTheRestStaysAsItIs() {
    Attribution dropped = attribute(SpecialTokens.DROP);
    assertThat(dropped.tokens()).isEqualTo(Samples.goodMovie().subList(1, 4));
    assertThat(dropped.dropped()).isEqualTo(0.1f);
    assertThat(dropped.words()).isEqualTo(attribute(SpecialTokens.KEEP).words());
  }

  @Test
  void renormalisedWeightsSumToOne() {
    Attribution renormalised = attribute(SpecialTokens.RENORMALISE);
    assertThat(weights(renormalised)).hasSize(3);
    assertThat(weights(renormalised).get(0)).isCloseTo(2 / 9f, CLOSE);
    assertThat(weights(renormalised).get(1)).isCloseTo(3 / 9f, CLOSE);
    assertThat(weights(renormalised).get(2)).isCloseTo(4 / 9f, CLOSE);
    assertThat(renormalised.dropped()).isEqualTo(0.1f);
    assertThat(renormalised.words().get(0).weight()).isCloseTo(2 / 9f, CLOSE);
    assertThat(renormalised.words().get(1).weight()).isCloseTo(7 / 9f, CLOSE);
    assertThat(renormalised.tokens()).extracting(Token::position).containsExactly(1, 2, 3);
  }

  @Test
  void nothingIsDividedByZero() {
    List<Token> onlySpecial = List.of(special("[PAD]", 0, 0, 0.5f), special("[PAD]", 1, 0, 0.5f));
    List<Token> weightless = List.of(special("[CLS]", 0, 0, 1), piece("a", 1, 0, 0, 0, 1, 0));
    ExplainOptions renormalise =
        ExplainOptions.builder().specialTokens(SpecialTokens.RENORMALISE).build();
    Attribution nothing = TokenWeights.attribute(TextInput.of(""), onlySpecial, "yes", renormalise);
    assertThat(nothing.tokens()).isEmpty();
    assertThat(nothing.words()).isEmpty();
    assertThat(nothing.dropped()).isEqualTo(1);
    Attribution zero = TokenWeights.attribute(TextInput.of("a"), weightless, "yes", renormalise);
    assertThat(zero.tokens().get(0).weight()).isZero();
    assertThat(zero.words().get(0).weight()).isZero();
    assertThat(zero.dropped()).isEqualTo(1);
    Attribution empty = TokenWeights.attribute(TextInput.of(""), List.of(), "yes", renormalise);
    assertThat(empty.tokens()).isEmpty();
  }

  @Test
  void whatWasAskedIsRecorded() {
    ExplainOptions options =
        ExplainOptions.builder()
            .granularity(Granularity.TOKEN)
            .specialTokens(SpecialTokens.DROP)
            .target("ignored: the caller resolves it")
            .build();
    Attribution attribution =
        TokenWeights.attribute(Samples.GOOD_MOVIE, Samples.goodMovie(), "no", options);
    assertThat(attribution.method()).isEqualTo(Method.ATTENTION);
    assertThat(attribution.target()).isEqualTo("no");
    assertThat(attribution.granularity()).isEqualTo(Granularity.TOKEN);
    assertThat(attribution.specialTokens()).isEqualTo(SpecialTokens.DROP);
    assertThat(attribution.words()).as("words carry weights all the same").hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28})
  void noWeightIsLost(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 25; round++) {
      String text = "abcdefghijklmnopqrstuvwxyz";
      List<Token> positions = new ArrayList<>();
      int word = 0;
      double all = 0;
      double special = 0;
      for (int i = 0; i < text.length(); i++) {
        float weight = random.nextFloat();
        all += weight;
        if (random.nextInt(4) == 0) {
          special += weight;
          positions.add(special("[PAD]", i, 0, weight));
        } else {
          word += random.nextInt(3) == 0 ? 1 : 0;
          positions.add(piece("x", i, 0, word, i, i + 1, weight));
        }
      }
      for (SpecialTokens policy : SpecialTokens.values()) {
        Attribution attribution =
            TokenWeights.attribute(
                TextInput.of(text),
                positions,
                "yes",
                ExplainOptions.builder().specialTokens(policy).build());
        double tokens = attribution.tokens().stream().mapToDouble(Token::weight).sum();
        double words = attribution.words().stream().mapToDouble(Word::weight).sum();
        boolean keep = policy == SpecialTokens.KEEP;
        boolean renormalise = policy == SpecialTokens.RENORMALISE;
        assertThat((double) attribution.dropped()).isCloseTo(keep ? 0 : special, within(1e-5));
        assertThat(tokens).isCloseTo(keep ? all : renormalise ? 1 : all - special, within(1e-5));
        assertThat(words).isCloseTo(renormalise ? 1 : all - special, within(1e-5));
      }
    }
  }
}
