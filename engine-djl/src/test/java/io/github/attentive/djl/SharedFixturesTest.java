package io.github.attentive.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class SharedFixturesTest {
  @TempDir Path folder;

  @Test
  void givesWhatIsThere() {
    assertThat(SharedFixtures.existing(folder, "true")).isEqualTo(folder);
    assertThat(SharedFixtures.existing(folder, null)).isEqualTo(folder);
  }

  @Test
  void skipsWhereAFixtureIsMissing() {
    assertThatThrownBy(() -> SharedFixtures.existing(folder.resolve("none"), null))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContainingAll("none", "attentive.shared");
  }

  @Test
  void failsWhereAFixtureIsMissingInCi() {
    assertThatThrownBy(() -> SharedFixtures.existing(folder.resolve("none"), "true"))
        .isInstanceOf(AssertionFailedError.class)
        .hasMessageContainingAll("none", "attentive.shared");
  }
}
