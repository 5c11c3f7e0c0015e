package io.github.attentive.djl.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.djl.text.EncodedText;
import io.github.attentive.spi.TokenSpan;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LengthBatchesTest {
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  private static List<EncodedText> texts(Integer... lengths) {
    return Stream.of(lengths).map(LengthBatchesTest::text).toList();
  }

  private static EncodedText text(int length) {
    TokenSpan token = new TokenSpan("a", 1, 0, 0, 0, 1, false);
    return new EncodedText(Collections.nCopies(length, token), new long[length], false);
  }

  @Test
  void shortTextsComeFirstAndThoseOfOneLengthInTheirOrder() {
    assertThat(new LengthBatches(2, NO_LIMIT, true).of(texts(5, 1, 5, 1, 3)))
        .containsExactly(new int[] {1, 3}, new int[] {4, 0}, new int[] {2});
  }

  @Test
  void onlyOneLengthSharesABatchWherePaddingWouldShow() {
    assertThat(new LengthBatches(3, NO_LIMIT, false).of(texts(2, 1, 2, 2, 2)))
        .containsExactly(new int[] {1}, new int[] {0, 2, 3}, new int[] {4});
  }

  @Test
  void paddingCountsAmongThePositions() {
    assertThat(new LengthBatches(9, 8, true).of(texts(1, 4, 3, 4)))
        .containsExactly(new int[] {0, 2}, new int[] {1, 3});
  }

  @Test
  void aTextThatIsLongerThanAllMayBeRunsAlone() {
    assertThat(new LengthBatches(9, 8, true).of(texts(20, 20)))
        .containsExactly(new int[] {0}, new int[] {1});
  }

  @Test
  void noTextsAreNoBatches() {
    assertThat(new LengthBatches(2, 8, true).of(List.of())).isEmpty();
  }
}
