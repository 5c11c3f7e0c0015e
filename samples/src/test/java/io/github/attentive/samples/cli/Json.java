package io.github.attentive.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON value: objects as maps in the order they stand in, arrays as lists, numbers as {@link
 * Number}, null as null.
 */
record Json(Object value) {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** A number as it was written. */
  record Number(String text) {
    double value() {
      return Double.parseDouble(text);
    }
  }

  static Json parse(String text) throws IOException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      Object value = value(parser, parser.nextToken());
      assertThat(parser.nextToken()).as("after the value").isNull();
      return new Json(value);
    }
  }

  private static Object value(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          object.put(name, value(parser, parser.nextToken()));
        }
        yield object;
      }
      case START_ARRAY -> {
        List<Object> array = new ArrayList<>();
        for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
          array.add(value(parser, t));
        }
        yield array;
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Number(parser.getText());
      case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
      case VALUE_NULL -> null;
      default -> parser.getText();
    };
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> map() {
    assertThat(value).isInstanceOf(Map.class);
    return (Map<String, Object>) value;
  }

  /** The names of an object's fields in order. */
  List<String> names() {
    return List.copyOf(map().keySet());
  }

  /** A field that has to be there. */
  Json at(String name) {
    assertThat(map()).containsKey(name);
    return new Json(map().get(name));
  }

  @SuppressWarnings("unchecked")
  List<Json> list() {
    assertThat(value).isInstanceOf(List.class);
    return ((List<Object>) value).stream().map(Json::new).toList();
  }

  String string() {
    assertThat(value).isInstanceOf(String.class);
    return (String) value;
  }

  boolean bool() {
    assertThat(value).isInstanceOf(Boolean.class);
    return (Boolean) value;
  }

  double number() {
    assertThat(value).isInstanceOf(Number.class);
    return ((Number) value).value();
  }

  /** A number without fraction. */
  int integer() {
    assertThat(value).isInstanceOf(Number.class);
    assertThat(((Number) value).text).matches("-?\\d+");
    return Integer.parseInt(((Number) value).text);
  }

  boolean isNull() {
    return value == null;
  }

  List<String> strings() {
    return list().stream().map(Json::string).toList();
  }

  double[] numbers() {
    return list().stream().mapToDouble(Json::number).toArray();
  }

  double sum() {
    return map().values().stream().mapToDouble(v -> new Json(v).number()).sum();
  }
}
