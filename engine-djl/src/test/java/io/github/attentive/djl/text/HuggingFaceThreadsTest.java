package io.github.attentive.djl.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.TextInput;
import io.github.attentive.spi.TokenSpan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One encoder, many threads. */
class HuggingFaceThreadsTest {
  private static final int THREADS = 8;
  private static final int ROUNDS = 25;

  private static HuggingFaceTextEncoder open(String family) {
    return HuggingFaceTextEncoder.open(
        HuggingFaceGolden.directory(family), 32, OptionalInt.empty(), TokenTypes.UNLESS_LEFT_OUT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bert", "roberta", "xlm-roberta"})
  void allGetTheSame(String family) throws IOException, InterruptedException, ExecutionException {
    List<TextInput> inputs =
        HuggingFaceGolden.of(family).stream().map(HuggingFaceGolden::input).toList();
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try (HuggingFaceTextEncoder encoder = open(family)) {
      List<List<TokenSpan>> expected = positions(encoder.encodeAll(inputs));
      List<Future<Boolean>> results = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        boolean batches = thread % 4 == 0;
        results.add(
            pool.submit(
                () -> {
                  boolean same = true;
                  for (int round = 0; round < ROUNDS; round++) {
                    List<EncodedText> encoded =
                        batches
                            ? encoder.encodeAll(inputs)
                            : inputs.stream().map(encoder::encode).toList();
                    same &= positions(encoded).equals(expected);
                  }
                  return same;
                }));
      }
      for (Future<Boolean> result : results) {
        assertThat(result.get()).isTrue();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static List<List<TokenSpan>> positions(List<EncodedText> encoded) {
    return encoded.stream().map(EncodedText::positions).toList();
  }

  @Test
  void closingWaitsForTheOthers() throws InterruptedException, ExecutionException {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      for (int round = 0; round < 10; round++) {
        HuggingFaceTextEncoder encoder = open("bert");
        CountDownLatch started = new CountDownLatch(THREADS);
        List<Future<String>> ends = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
          ends.add(
              pool.submit(
                  () -> {
                    started.countDown();
                    try {
                      while (true) {
                        encoder.encode(TextInput.of("the movie was great"));
                      }
                    } catch (IllegalStateException e) {
                      return e.getMessage();
                    }
                  }));
        }
        started.await();
        encoder.close();
        for (Future<String> end : ends) {
          assertThat(end.get()).contains("closed");
        }
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
