package io.github.attentive.djl.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.Device;
import io.github.attentive.Finding;
import io.github.attentive.Finding.Severity;
import io.github.attentive.LoadOptions;
import io.github.attentive.djl.SharedFixtures;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.spi.EngineModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Models of the fixtures on engines that look at the types of tokens, or do not. */
class SegmentCheckTest {
  private final List<long[]> typesSeen = new ArrayList<>();

  /** An engine whose one logit grows with the types by so much. */
  private final class TypedGraph implements CompiledGraph {
    private final float perType;

    TypedGraph(float perType) {
      this.perType = perType;
    }

    @Override
    public List<HostArray.Floats> run(String function, List<HostArray> inputs) {
      HostArray.Longs types = (HostArray.Longs) inputs.get(2);
      typesSeen.add(types.values());
      float logit = 1 + perType * Arrays.stream(types.values()).sum();
      return List.of(new HostArray.Floats(new long[] {1, 1}, new float[] {logit}));
    }

    @Override
    public void close() {}
  }

  private List<Finding> examined(String fixture, float perType) {
    Path directory = SharedFixtures.path(fixture);
    try (EngineModel model =
        ModelDirectory.open(
            directory,
            LoadOptions.defaults(),
            "stub",
            (Graph graph, Device device, OptionalInt threads) -> new TypedGraph(perType))) {
      return model.examine();
    }
  }

  @Test
  void typesThatChangeTheLogitsMatter() {
    assertThat(examined("hf/bert", 0.5f))
        .containsExactly(
            new Finding(
                Severity.OK,
                "segments",
                "the model looks at which text of a pair a token is from",
                null));
    assertThat(typesSeen).hasSize(2);
    assertThat(typesSeen.get(0)).contains(0, 1);
    assertThat(typesSeen.get(1)).containsOnly(0);
  }

  @Test
  void typesThatAreIgnoredAreAWarning() {
    assertThat(examined("hf/bert", 0))
        .singleElement()
        .satisfies(f -> assertThat(f.severity()).isEqualTo(Severity.WARNING))
        .satisfies(
            f ->
                assertThat(f.text())
                    .startsWith("the model ignores which text of a pair a token is from"));
  }

  @Test
  void modelsThatAreGivenNoTypesAreNotAsked() {
    assertThat(examined("hf/roberta", 0)).isEmpty();
    assertThat(examined("hf/distilbert", 0)).isEmpty();
    assertThat(typesSeen).isEmpty();
  }

  @Test
  void logitsThatAreNotFiniteSayNothing() {
    assertThat(examined("hf/bert", Float.NaN)).isEmpty();
  }
}
