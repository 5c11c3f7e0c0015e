package io.github.attentive.viz;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the vectors of a {@link NeuronView} come from. */
interface HeadSource {
  HeadArithmetic arithmetic();

  /** The token of the query, as the caller or the vocabulary has it. */
  String queryLabel();

  List<String> keyLabels();

  /** The title of the figure where the caller gives none. */
  @Nullable String title(String query);

  /** What the figure's data say of where the numbers are from. */
  Map<String, String> facts();
}
