package io.github.attentive.tensorflow;

import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.keras.KerasSettings;
import io.github.attentive.djl.runtime.BatchInputs;
import io.github.attentive.djl.runtime.ModelInputs;
import io.github.attentive.djl.text.KerasTextEncoder;
import io.github.attentive.djl.text.TextEncoder;
import io.github.attentive.djl.text.TextVectorization;
import io.github.attentive.djl.text.Vocabulary;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a foreign model reads texts. Immutable.
 *
 * @param vectorization how texts are cut
 * @param vocabulary the words
 * @param positions of every text, or 0 where a text has as many as it has tokens
 * @param textAxes of an input of texts, which the model cuts itself; 0 for an input of tokens
 * @param surface whether the words are not known, so that tokens show the text's own
 */
record ForeignText(
    TextVectorization vectorization,
    Vocabulary vocabulary,
    int positions,
    int textAxes,
    boolean surface) {
  /** What is read at most where neither the model nor its caller sets a limit. */
  private static final int USUAL_POSITIONS = 4096;

  /** One of these is in no vocabulary. */
  private static final List<String> UNKNOWN =
      List.of("unk", "qxzvkj", "zzyzxq", "\u25a1", "\ufffd", "\u2603");

  /**
   * For an input of tokens.
   *
   * @param signature of the model
   * @param settings beside it
   * @throws ModelLoadException if there is no vocabulary, or a file contradicts the model
   */
  static ForeignText ofTokens(ForeignSignature signature, KerasSettings settings) {
    return new ForeignText(
        settings.vectorization(),
        settings.vocabulary(Integer.MAX_VALUE),
        positions(signature.positions(), settings),
        0,
        false);
  }

  /**
   * For an input of texts.
   *
   * @param signature of the model
   * @param settings beside it
   * @param layer that cuts them, if it was found in the model
   * @throws ModelLoadException if a file contradicts the model
   */
  static ForeignText ofTexts(
      ForeignSignature signature, KerasSettings settings, Optional<TextLayer> layer) {
    int axes = signature.textAxes();
    if (layer.isPresent()) {
      int positions = layer.get().positions().orElse(0);
      return new ForeignText(
          layer.get().vectorization(),
          layer.get().vocabulary(),
          positions > 0 ? positions(positions, settings) : 0,
          axes,
          false);
    }
    int positions = positions(signature.positionsOfAttention(), settings);
    Optional<Vocabulary> beside = settings.vocabulary();
    return beside.isPresent()
        ? new ForeignText(settings.vectorization(), beside.get(), positions, axes, false)
        : new ForeignText(
            new TextVectorization(
                TextVectorization.Standardize.NONE, TextVectorization.Split.WHITESPACE),
            Vocabulary.of(List.of("", Vocabulary.UNKNOWN_WORD)),
            positions,
            axes,
            true);
  }

  private static int positions(int own, KerasSettings settings) {
    OptionalInt said = settings.sequenceLength();
    if (said.isPresent() && own > 0 && said.getAsInt() != own) {
      throw new ModelLoadException(
          "%s: sequenceLength: expected %s, the positions of the model, got %s; leave it out"
              .formatted(
                  settings.directory().resolve(KerasSettings.SETTINGS), own, said.getAsInt()));
    }
    return said.orElse(own);
  }

  boolean takesTexts() {
    return textAxes > 0;
  }

  /** The tokens that a text may have. */
  private int most(OptionalInt limit) {
    int own = positions > 0 ? positions : USUAL_POSITIONS;
    return Math.min(limit.orElse(own), positions > 0 ? positions : Integer.MAX_VALUE);
  }

  /** An encoder that gives the tokens alone. */
  KerasTextEncoder tokens() {
    return KerasTextEncoder.unpadded(vectorization, vocabulary, most(OptionalInt.empty()));
  }

  /** A text without tokens as the model reads it: padding alone. */
  TextEncoder padding() {
    return tokens().withEmptyTextsAsPadding(Math.max(1, positions));
  }

  /**
   * The inputs of a batch.
   *
   * @param ofEmptyText what a text without tokens is replaced by, if the model takes texts
   */
  ModelInputs inputs(Optional<String> ofEmptyText) {
    return takesTexts()
        ? new TextInputs(textAxes, positions > 0, ofEmptyText)
        : BatchInputs.ofTokens(positions);
  }

  /** A text of one token that is not in the vocabulary; empty if none is at hand. */
  Optional<String> unknown() {
    return UNKNOWN.stream()
        .filter(
            text -> {
              List<TextVectorization.Piece> pieces = vectorization.pieces(text, 2);
              return pieces.size() == 1
                  && vocabulary.idOf(pieces.get(0).text()) == vocabulary.unknown();
            })
        .findFirst();
  }

  /**
   * What a text without tokens is replaced by, so that it is one unknown word, as {@link
   * KerasTextEncoder#masked} has it.
   *
   * @param masks whether the model masks its padding
   * @param answersEmpty whether the model gives numbers for a text without tokens
   */
  Optional<String> replacementOfEmpty(boolean masks, boolean answersEmpty) {
    return masks && !answersEmpty && takesTexts() ? unknown() : Optional.empty();
  }

  /**
   * The encoder.
   *
   * @param masks whether the model masks its padding, which then is not shown
   * @param answersEmpty whether the model gives numbers for a text without tokens
   * @param attention whether the model has attention, which is shown even of padding alone
   * @param limit of tokens, if the caller has one
   */
  TextEncoder encoder(boolean masks, boolean answersEmpty, boolean attention, OptionalInt limit) {
    TextEncoder encoder = keras(masks, answersEmpty, attention, most(limit));
    boolean replaced =
        masks && (!takesTexts() || replacementOfEmpty(true, answersEmpty).isPresent());
    TextEncoder safe = answersEmpty || replaced ? encoder : new RequiredTokens(encoder);
    return surface ? new SurfaceTokens(safe) : safe;
  }

  private TextEncoder keras(boolean masks, boolean answersEmpty, boolean attention, int most) {
    if (masks) {
      KerasTextEncoder masked = KerasTextEncoder.masked(vectorization, vocabulary, most);
      return answersEmpty
          ? masked.withEmptyTextsAsPadding(attention ? Math.max(1, positions) : 1)
          : masked;
    }
    return positions > 0
        ? new KerasTextEncoder(vectorization, vocabulary, positions, most)
        : KerasTextEncoder.unpadded(vectorization, vocabulary, most);
  }
}
