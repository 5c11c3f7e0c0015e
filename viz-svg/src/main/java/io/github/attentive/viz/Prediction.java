package io.github.attentive.viz;

import io.github.attentive.Attribution;
import io.github.attentive.Explanation;
import io.github.attentive.ModelInfo;
import io.github.attentive.ProblemType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What figures of an explanation say about its prediction. */
final class Prediction {
  private Prediction() {}

  static String title(Explanation explanation) {
    return "Prediction: " + labels(explanation) + " (" + score(explanation) + ")";
  }

  static String sentence(Explanation explanation) {
    return "Predicted " + labels(explanation) + " with a score of " + score(explanation) + ".";
  }

  /** Those that apply: of a model of several labels perhaps none. */
  private static String labels(Explanation explanation) {
    List<String> labels = explanation.classification().labels();
    return labels.isEmpty() ? "no label" : String.join(", ", labels);
  }

  /** What a figure's data say of the model and of how its weights were made. */
  static Map<String, String> facts(Explanation explanation) {
    ModelInfo model = explanation.model();
    Attribution attribution = explanation.attribution();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("engine", model.engine());
    facts.put("family", model.family());
    facts.put("label", explanation.label());
    facts.put("score", Decimals.shortest(explanation.score(explanation.label()), true));
    facts.put("method", attribution.method().id());
    facts.put("target", attribution.target());
    facts.put("granularity", attribution.granularity().name().toLowerCase(Locale.ROOT));
    facts.put("special", attribution.specialTokens().name().toLowerCase(Locale.ROOT));
    return facts;
  }

  static String score(Explanation explanation) {
    float score = explanation.score(explanation.label());
    return explanation.model().problemType() == ProblemType.REGRESSION
        ? Decimals.significant(score)
        : Decimals.probability(score);
  }
}
