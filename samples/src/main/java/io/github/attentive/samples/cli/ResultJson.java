package io.github.attentive.samples.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.attentive.AttentionTensor;
import io.github.attentive.Classification;
import io.github.attentive.Evaluation;
import io.github.attentive.Explanation;
import io.github.attentive.ModelInfo;
import io.github.attentive.ProblemType;
import io.github.attentive.TextInput;
import io.github.attentive.Token;
import io.github.attentive.TrustCard;
import io.github.attentive.Word;
import io.github.attentive.explain.SegmentAttention;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The results of the commands as JSON. */
public final class ResultJson {
  private ResultJson() {}

  static String classification(Classification result) {
    return JsonLine.of(
        json -> {
          json.writeStartObject();
          input(json, result.input());
          labels(json, result);
          scores(json, result.scores());
          json.writeNumberField("tokens", result.tokens());
          json.writeBooleanField("truncated", result.truncated());
          json.writeEndObject();
        });
  }

  /**
   * An explanation as {@code explain --format json} gives it.
   *
   * @param explanation what is to be written
   * @param segments how much the texts of a pair look at each other, or null for one text
   * @param withAttention whether the whole tensor is to be in it, if there is one
   * @return one line without its end
   */
  public static String explanation(
      Explanation explanation, @Nullable SegmentAttention segments, boolean withAttention) {
    return JsonLine.of(
        json -> {
          Classification result = explanation.classification();
          json.writeStartObject();
          input(json, explanation.input());
          model(json, explanation.model());
          labels(json, result);
          scores(json, result.scores());
          if (result.logits().length > 0) {
            JsonLine.floats(json, "logits", result.logits());
          }
          json.writeStringField("target", explanation.attribution().target());
          json.writeStringField("method", explanation.attribution().method().id());
          json.writeStringField("granularity", explanation.attribution().granularity().id());
          json.writeStringField("special", explanation.attribution().specialTokens().id());
          json.writeBooleanField("truncated", result.truncated());
          json.writeArrayFieldStart("tokens");
          for (Token token : explanation.tokens()) {
            token(json, token);
          }
          json.writeEndArray();
          json.writeArrayFieldStart("words");
          for (Word word : explanation.words()) {
            word(json, word);
          }
          json.writeEndArray();
          json.writeNumberField("dropped", explanation.attribution().dropped());
          if (withAttention && explanation.hasAttention()) {
            attention(json, explanation.attention());
          }
          if (explanation.trust().isPresent()) {
            trust(json, explanation.trust().get());
          }
          if (segments != null) {
            json.writeObjectFieldStart("segments");
            segment(json, "A", segments.a());
            segment(json, "B", segments.b());
            json.writeEndObject();
          }
          json.writeEndObject();
        });
  }

  static String evaluation(Evaluation evaluation) {
    return JsonLine.of(
        json -> {
          json.writeStartObject();
          json.writeNumberField("examples", evaluation.examples());
          json.writeNumberField("accuracy", evaluation.accuracy());
          json.writeNumberField("macroF1", evaluation.macroF1());
          JsonLine.strings(json, "labels", evaluation.labels());
          json.writeArrayFieldStart("confusion");
          for (int[] row : evaluation.confusion()) {
            JsonLine.ints(json, row);
          }
          json.writeEndArray();
          json.writeObjectFieldStart("perClass");
          for (Evaluation.ClassFigures figures : evaluation.perClass()) {
            json.writeObjectFieldStart(figures.label());
            json.writeNumberField("precision", figures.precision());
            json.writeNumberField("recall", figures.recall());
            json.writeNumberField("f1", figures.f1());
            json.writeNumberField("support", figures.support());
            json.writeEndObject();
          }
          json.writeEndObject();
          JsonLine.number(json, "calibrationError", evaluation.calibrationError());
          JsonLine.number(json, "rocAuc", evaluation.rocAuc());
          json.writeEndObject();
        });
  }

  private static void input(JsonGenerator json, TextInput input) throws IOException {
    json.writeStringField("text", input.text());
    json.writeStringField("pair", input.pair());
  }

  private static void model(JsonGenerator json, ModelInfo model) throws IOException {
    json.writeObjectFieldStart("model");
    json.writeStringField("engine", model.engine());
    json.writeStringField("family", model.family());
    json.writeNumberField("layers", model.layers());
    json.writeNumberField("heads", model.heads());
    json.writeNumberField("maxLength", model.maxLength());
    JsonLine.strings(json, "labels", model.labels());
    json.writeEndObject();
  }

  private static void labels(JsonGenerator json, Classification result) throws IOException {
    json.writeStringField("label", result.label());
    if (result.problemType() == ProblemType.MULTI_LABEL) {
      JsonLine.strings(json, "labels", result.labels());
    }
  }

  private static void scores(JsonGenerator json, Map<String, Float> scores) throws IOException {
    json.writeObjectFieldStart("scores");
    for (Map.Entry<String, Float> score : scores.entrySet()) {
      json.writeNumberField(score.getKey(), score.getValue());
    }
    json.writeEndObject();
  }

  private static void token(JsonGenerator json, Token token) throws IOException {
    json.writeStartObject();
    json.writeStringField("text", token.text());
    json.writeNumberField("id", token.id());
    json.writeNumberField("segment", token.segment());
    if (token.word() == Token.NO_WORD) {
      json.writeNullField("word");
    } else {
      json.writeNumberField("word", token.word());
    }
    json.writeNumberField("start", token.start());
    json.writeNumberField("end", token.end());
    json.writeBooleanField("special", token.special());
    json.writeNumberField("weight", token.weight());
    json.writeEndObject();
  }

  private static void word(JsonGenerator json, Word word) throws IOException {
    json.writeStartObject();
    json.writeStringField("text", word.text());
    json.writeNumberField("segment", word.segment());
    json.writeNumberField("start", word.start());
    json.writeNumberField("end", word.end());
    json.writeNumberField("weight", word.weight());
    json.writeEndObject();
  }

  private static void attention(JsonGenerator json, AttentionTensor attention) throws IOException {
    json.writeObjectFieldStart("attention");
    json.writeFieldName("shape");
    JsonLine.ints(json, attention.shape());
    JsonLine.floats(json, "values", attention.toArray());
    json.writeEndObject();
  }

  private static void trust(JsonGenerator json, TrustCard trust) throws IOException {
    json.writeObjectFieldStart("trust");
    json.writeNumberField("comprehensiveness", (float) trust.comprehensiveness());
    json.writeNumberField("sufficiency", (float) trust.sufficiency());
    measure(json, "looTau", trust.looTau());
    json.writeNumberField("randomPercentile", (float) trust.randomPercentile());
    json.writeNumberField("entropy", (float) trust.entropy());
    json.writeNumberField("specialMass", (float) trust.specialMass());
    measure(json, "completeness", trust.completeness());
    json.writeNumberField("forwardPasses", trust.forwardPasses());
    json.writeStringField("verdict", trust.verdict().id());
    json.writeEndObject();
  }

  private static void measure(JsonGenerator json, String field, OptionalDouble value)
      throws IOException {
    if (value.isPresent()) {
      json.writeNumberField(field, (float) value.getAsDouble());
    } else {
      json.writeNullField(field);
    }
  }

  private static void segment(JsonGenerator json, String name, SegmentAttention.Row row)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("A", (float) row.toA());
    json.writeNumberField("B", (float) row.toB());
    json.writeNumberField("special", (float) row.toSpecial());
    json.writeEndObject();
  }
}
