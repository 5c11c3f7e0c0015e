package io.github.attentive.djl.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonMembersTest {
  @Test
  void cutsAtTheTopOnly() {
    assertThat(
            JsonMembers.of(
                " {\"a\" : [1, {\"b\":\"]}\\\"\"}] ,\n\"c\":\"x, y\",\"d\":{},\"e\": -1.5e3 }\n"))
        .containsExactly(
            entry("a", "[1, {\"b\":\"]}\\\"\"}]"),
            entry("c", "\"x, y\""),
            entry("d", "{}"),
            entry("e", "-1.5e3"));
    assertThat(JsonMembers.of("{}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x",
        "[]",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{\"a\":[1}",
        "{\"a\":\"}",
        "{\"a\":\"\\",
        "{a:1}",
        "{} {}",
        "{\"a\":1}]",
        "{,}"
      })
  void refusesWhatIsNotWhole(String text) {
    assertThatThrownBy(() -> JsonMembers.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at character");
  }
}
