package io.github.attentive.djl.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.ModelLoadException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFileTest extends JsonFileCase {
  @Test
  void readsFieldsOfTheirTypes() throws IOException {
    JsonFile json = json("{\"s\": \"\\u00e9\\n\", \"n\": 7, \"o\": {\"k\": \"v\"}, \"f\": 8.0}");
    assertThat(json.file()).isEqualTo(file);
    assertThat(json.names()).containsExactly("s", "n", "o", "f");
    assertThat(json.string("s")).isEqualTo("é\n");
    assertThat(json.positive("n")).isEqualTo(7);
    assertThat(json.positive("f")).isEqualTo(8);
    assertThat(json.object("o").string("k")).isEqualTo("v");
  }

  @Test
  void whatMayBeAbsent() throws IOException {
    JsonFile json =
        json(
            "{\"s\":\"t\",\"n\":3,\"w\":-100,\"d\":1e-05,\"f\":false,\"l\":[\"a\",\"b\"],"
                + "\"o\":{\"k\":1},\"null\":null}");
    assertThat(json.has("f")).isTrue();
    assertThat(json.string("s", "u")).isEqualTo("t");
    assertThat(json.positive("n", 7)).isEqualTo(3);
    assertThat(json.whole("w", 7)).isEqualTo(-100);
    assertThat(json.number("d", 7)).isEqualTo(1e-5);
    assertThat(json.number("n", 7)).isEqualTo(3);
    assertThat(json.flag("f", true)).isFalse();
    assertThat(json.strings("l")).containsExactly("a", "b");
    assertThat(json.optionalObject("o").orElseThrow().positive("k")).isEqualTo(1);
    for (String name : List.of("null", "none")) {
      assertThat(json.has(name)).isFalse();
      assertThat(json.string(name, "u")).isEqualTo("u");
      assertThat(json.positive(name, 7)).isEqualTo(7);
      assertThat(json.whole(name, -7)).isEqualTo(-7);
      assertThat(json.number(name, 0.5)).isEqualTo(0.5);
      assertThat(json.flag(name, true)).isTrue();
      assertThat(json.optionalObject(name)).isEmpty();
      assertRefused(() -> json.strings(name), "expected a list of strings, got n");
    }
  }

  @Test
  void tellsAStringFromOtherValues() throws IOException {
    JsonFile json = json("{\"s\":\"\",\"n\":1,\"l\":[\"a\"],\"o\":{},\"f\":true,\"null\":null}");
    assertThat(json.isString("s")).isTrue();
    for (String name : List.of("n", "l", "o", "f", "null", "none")) {
      assertThat(json.isString(name)).as(name).isFalse();
    }
  }

  @Test
  void aListHoldsStringsOnly() {
    for (String other : List.of("5", "null", "true", "[]", "{}")) {
      assertRefused(
          () -> json("{\"l\":[\"a\",%s]}".formatted(other)).strings("l"),
          "field 'l[1]': expected a string, got " + other);
    }
  }

  @Test
  void numbersToTheirLimits() throws IOException {
    JsonFile json =
        json(
            "{\"least\":-2147483648,\"most\":2147483647,\"above\":2147483648,"
                + "\"length\":1000000000000000019884624838656,\"large\":1.7976931348623157e308,"
                + "\"exact\":9007199254740993,\"tiny\":5e-324,\"negative\":-0.5}");
    assertThat(json.whole("least", 0)).isEqualTo(Integer.MIN_VALUE);
    assertThat(json.whole("most", 0)).isEqualTo(Integer.MAX_VALUE);
    assertRefused(
        () -> json.whole("above", 0),
        "field 'above': expected a whole number from -2147483648 to 2147483647, got 2147483648");
    assertRefused(() -> json.whole("negative", 0), "got -0.5");
    assertRefused(() -> json.whole("length", 0), "got 1.0E30");
    assertThat(json.number("length", 0)).isEqualTo(1e30);
    assertThat(json.number("large", 0)).isEqualTo(Double.MAX_VALUE);
    assertThat(json.number("exact", 0)).isEqualTo(0x1p53);
    assertThat(json.number("tiny", 0)).isEqualTo(Double.MIN_VALUE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"true\"", "0", "1", "[true]", "{}"})
  void aFlagIsNothingElse(String value) {
    assertRefused(
        () -> json("{\"f\": %s}".formatted(value)).flag("f", true),
        "field 'f': expected true or false, got ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1\"", "true", "[1]", "{}"})
  void aNumberIsNothingElse(String value) {
    assertRefused(
        () -> json("{\"d\": %s}".formatted(value)).number("d", 1),
        "field 'd': expected a number, got ");
  }

  @Test
  void listsAndObjectsNameTheWholePath() throws IOException {
    JsonFile json =
        json(
            "{\"a\":{\"l\":[\"x\",5],\"s\":\"x\",\"b\":{\"c\":\"d\"}},\""
                + "n".repeat(500)
                + "\":0}");
    assertRefused(() -> json.object("a").strings("l"), "field 'a.l[1]': expected a string, got 5");
    assertRefused(() -> json.object("a").strings("s"), "field 'a.s': expected a list of strings");
    assertRefused(
        () -> json.object("a").object("b").number("c", 1),
        "field 'a.b.c': expected a number, got \"d\"");
    assertRefused(() -> json.optionalObject("n".repeat(500)), "nnn ...': expected an object");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "1", "true", "[\"a\"]", "{\"a\":1}"})
  void aStringIsNothingElse(String value) {
    assertRefused(
        () -> json("{\"s\": %s}".formatted(value)).string("s"),
        "field 's': expected a string, got ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "\"5\"",
        "true",
        "[5]",
        "{\"a\":5}",
        "0",
        "-1",
        "1.5",
        "2147483648",
        "1e300"
      })
  void aWholeNumberIsNothingElse(String value) {
    assertRefused(
        () -> json("{\"n\": %s}".formatted(value)).positive("n"),
        "field 'n': expected a whole number of at least 1, got ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"a\"", "5", "true", "[{}]"})
  void anObjectIsNothingElse(String value) {
    assertRefused(
        () -> json("{\"o\": %s}".formatted(value)).object("o"),
        "field 'o': expected an object, got ");
  }

  @Test
  void aMissingFieldIsNamed() throws IOException {
    JsonFile json = json("{\"o\": {}}");
    assertRefused(() -> json.string("s"), "field 's': expected a string, got nothing");
    assertRefused(
        () -> json.positive("n"), "field 'n': expected a whole number of at least 1, got nothing");
    assertRefused(() -> json.object("p"), "field 'p': expected an object, got nothing");
    assertRefused(
        () -> json.object("o").string("s"), "field 'o.s': expected a string, got nothing");
  }

  @Test
  void aLongFindingIsCut() throws IOException {
    ModelLoadException e = json("{\"a\":\"" + "x".repeat(5000) + "\"}").unexpected("a", "less");
    assertThat(e).hasMessageContaining("expected less, got \"xxx").hasMessageEndingWith("x ...");
    assertThat(e.getMessage().length()).isLessThan(file.toString().length() + 150);
  }
}
