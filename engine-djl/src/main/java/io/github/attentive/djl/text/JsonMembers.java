package io.github.attentive.djl.text;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Cuts the text of a JSON object into its members without reading them, for files whose greatest
 * part, a vocabulary, only the native library needs.
 */
final class JsonMembers {
  private final String text;
  private int next;

  private JsonMembers(String text) {
    this.text = text;
  }

  /**
   * The members of an object.
   *
   * @param text of one JSON object
   * @return the text of each value by the text of its name, in order
   * @throws IllegalArgumentException if the text is not one whole object; values may be anything
   *     with closed strings and balanced brackets
   */
  static Map<String, String> of(String text) {
    return new JsonMembers(text).members();
  }

  private Map<String, String> members() {
    Map<String, String> members = new LinkedHashMap<>();
    expect('{');
    if (peek() == '}') {
      next++;
    } else {
      do {
        int start = next + 1;
        expect('"');
        skipString();
        String name = text.substring(start, next - 1);
        expect(':');
        peek();
        start = next;
        skipValue();
        members.put(name, text.substring(start, next).strip());
      } while (endOrComma());
    }
    if (peek() != 0) {
      throw unexpected();
    }
    return members;
  }

  private boolean endOrComma() {
    boolean comma = peek() == ',';
    if (!comma) {
      expect('}');
    } else {
      next++;
      peek();
    }
    return comma;
  }

  /** The next character that is not white space, or 0 at the end. */
  private char peek() {
    while (next < text.length() && " \t\r\n".indexOf(text.charAt(next)) >= 0) {
      next++;
    }
    return next < text.length() ? text.charAt(next) : 0;
  }

  private void expect(char expected) {
    if (peek() != expected) {
      throw unexpected();
    }
    next++;
  }

  /** Goes from after the opening quote to after the closing one. */
  private void skipString() {
    while (next < text.length()) {
      char c = text.charAt(next++);
      if (c == '"') {
        return;
      }
      if (c == '\\') {
        next++;
      }
    }
    throw unexpected();
  }

  private void skipValue() {
    int depth = 0;
    while (next < text.length()) {
      char c = text.charAt(next);
      if (depth == 0 && (c == ',' || c == '}' || c == ']')) {
        return;
      }
      next++;
      if (c == '"') {
        skipString();
      } else if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        depth--;
      }
    }
    throw unexpected();
  }

  private IllegalArgumentException unexpected() {
    int at = Math.min(next, text.length());
    String found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
    return new IllegalArgumentException(found + " at character " + at);
  }
}
