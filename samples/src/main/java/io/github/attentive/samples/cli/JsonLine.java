package io.github.attentive.samples.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One JSON value on one line. Numbers are the shortest decimals that read back as the same number;
 * characters from the surrogates on are escaped, so that a lone one survives UTF-8.
 */
final class JsonLine {
  private static final char LAST_BEFORE_SURROGATES = '\uD7FF';

  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  /** Writes a value. */
  interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  /**
   * Java's decimals have two digits at least; of the smallest floats one may suffice, as in 1E-45
   * for 1.4E-45.
   */
  private static final class ShortFloats extends JsonGeneratorDelegate {
    private static final float EXACT_TO_ONE_DIGIT_BELOW = 100 * Float.MIN_VALUE;
    private static final MathContext ONE_DIGIT = new MathContext(1);

    ShortFloats(JsonGenerator delegate) {
      super(delegate);
    }

    @Override
    public void writeNumber(float value) throws IOException {
      if (value != 0 && Math.abs(value) < EXACT_TO_ONE_DIGIT_BELOW) {
        BigDecimal oneDigit = new BigDecimal(value).round(ONE_DIGIT);
        if (oneDigit.floatValue() == value) {
          writeNumber(oneDigit.toString());
          return;
        }
      }
      super.writeNumber(value);
    }
  }

  private JsonLine() {}

  static String of(Body body) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new ShortFloats(FACTORY.createGenerator(text))) {
      json.setHighestNonEscapedChar(LAST_BEFORE_SURROGATES);
      body.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  static void strings(JsonGenerator json, String field, List<String> values) throws IOException {
    json.writeArrayFieldStart(field);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  /** A number, or null where there is none. */
  static void number(JsonGenerator json, String field, OptionalDouble value) throws IOException {
    if (value.isPresent()) {
      json.writeNumberField(field, value.getAsDouble());
    } else {
      json.writeNullField(field);
    }
  }

  static void floats(JsonGenerator json, String field, float[] values) throws IOException {
    json.writeArrayFieldStart(field);
    for (float value : values) {
      json.writeNumber(value);
    }
    json.writeEndArray();
  }

  static void ints(JsonGenerator json, int[] values) throws IOException {
    json.writeStartArray();
    for (int value : values) {
      json.writeNumber(value);
    }
    json.writeEndArray();
  }
}
