package io.github.attentive.viz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON into maps, lists, strings, booleans, null and {@link Number literals}, strictly: this
 * module has no dependency that could, and reads no other JSON than its own.
 */
final class JsonText {
  private static final int DEEPEST = 16;

  private final String json;
  private int at;

  private JsonText(String json) {
    this.json = json;
  }

  /** A number as it is written, since only its reader knows how precise it is. */
  record Literal(String digits) {}

  /**
   * Reads a document.
   *
   * @throws IllegalArgumentException if it is not JSON; the message says where
   */
  static @Nullable Object parse(String json) {
    JsonText text = new JsonText(json);
    Object value = text.value(0);
    text.skipSpace();
    if (text.at < json.length()) {
      throw text.unexpected("the end");
    }
    return value;
  }

  private @Nullable Object value(int depth) {
    if (depth > DEEPEST) {
      throw unexpected("less than " + DEEPEST + " levels");
    }
    return switch (next()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, @Nullable Object> object(int depth) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    take('{');
    for (boolean more = next() != '}'; more; more = separated('}')) {
      next();
      String key = string();
      next();
      take(':');
      if (members.containsKey(key)) {
        throw unexpected("one member '" + key + "'");
      }
      members.put(key, value(depth + 1));
    }
    take('}');
    return members;
  }

  private List<@Nullable Object> array(int depth) {
    List<@Nullable Object> elements = new ArrayList<>();
    take('[');
    for (boolean more = next() != ']'; more; more = separated(']')) {
      elements.add(value(depth + 1));
    }
    take(']');
    return elements;
  }

  /** Passes a comma, or stops before the end. */
  private boolean separated(char end) {
    if (next() == end) {
      return false;
    }
    take(',');
    return true;
  }

  private String string() {
    take('"');
    StringBuilder text = new StringBuilder();
    while (peek() != '"') {
      char c = json.charAt(at++);
      if (c < ' ') {
        throw unexpected("no control character");
      }
      text.append(c == '\\' ? escaped() : c);
    }
    at++;
    return text.toString();
  }

  private char escaped() {
    char c = peek();
    at++;
    switch (c) {
      case '"', '\\', '/':
        return c;
      case 'b':
        return '\b';
      case 'f':
        return '\f';
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      case 'u':
        int code = 0;
        for (int i = 0; i < 4; i++) {
          int digit = Character.digit(peek(), 16);
          if (digit < 0) {
            throw unexpected("a hexadecimal digit");
          }
          code = 16 * code + digit;
          at++;
        }
        return (char) code;
      default:
        at--;
        throw unexpected("an escape");
    }
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    if (!json.startsWith(word, at)) {
      throw unexpected("a value");
    }
    at += word.length();
    return value;
  }

  private Literal number() {
    int start = at;
    while (at < json.length() && "+-.0123456789eE".indexOf(json.charAt(at)) >= 0) {
      at++;
    }
    String digits = json.substring(start, at);
    if (!digits.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?")) {
      at = start;
      throw unexpected("a value");
    }
    return new Literal(digits);
  }

  private char next() {
    skipSpace();
    return peek();
  }

  private void skipSpace() {
    while (at < json.length() && " \t\n\r".indexOf(json.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    if (at >= json.length()) {
      throw unexpected("more");
    }
    return json.charAt(at);
  }

  private void take(char expected) {
    if (peek() != expected) {
      throw unexpected("'" + expected + "'");
    }
    at++;
  }

  private IllegalArgumentException unexpected(String expected) {
    return new IllegalArgumentException("JSON, character " + at + ": expected " + expected);
  }
}
