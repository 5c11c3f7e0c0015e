package io.github.attentive.djl.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DjlSwitchesTest {
  private static final String OFFLINE = "ai.djl.offline";
  private static final String TRACKING = "OPT_OUT_TRACKING";

  private final Map<String, String> before = new HashMap<>();

  @BeforeEach
  void clear() {
    for (String property : new String[] {OFFLINE, TRACKING}) {
      before.put(property, System.getProperty(property));
      System.clearProperty(property);
    }
  }

  @AfterEach
  void restore() {
    before.forEach(
        (property, value) -> {
          if (value == null) {
            System.clearProperty(property);
          } else {
            System.setProperty(property, value);
          }
        });
  }

  @Test
  void switchesDownloadsAndTrackingOff() {
    Assumptions.assumeTrue(System.getenv(TRACKING) == null, "the environment has it set");
    DjlSwitches.apply();
    assertThat(System.getProperty(OFFLINE)).isEqualTo("true");
    assertThat(System.getProperty(TRACKING)).isEqualTo("true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "true", ""})
  void leavesWhatTheHostHasSet(String value) {
    System.setProperty(OFFLINE, value);
    System.setProperty(TRACKING, value);
    DjlSwitches.apply();
    assertThat(System.getProperty(OFFLINE)).isEqualTo(value);
    assertThat(System.getProperty(TRACKING)).isEqualTo(value);
  }
}
