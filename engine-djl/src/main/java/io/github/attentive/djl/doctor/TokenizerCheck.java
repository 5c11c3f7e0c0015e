package io.github.attentive.djl.doctor;

import io.github.attentive.TextInput;
import io.github.attentive.djl.text.EncodedText;
import io.github.attentive.djl.text.HuggingFaceTextEncoder;
import io.github.attentive.djl.text.TokenTypes;
import io.github.attentive.djl.text.TokenizerDescription;
import io.github.attentive.spi.Findings;
import io.github.attentive.spi.TokenSpan;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** Checks that a tokenizer fits its model, by its files and by what it makes of plain texts. */
final class TokenizerCheck {
  private static final String PLAIN = "The movie was boring, but the actors were great.";
  private static final String SAVE_TOGETHER =
      "the tokenizer is not the model's own: copy its files from where the model is from, or save"
          + " both together with save_pretrained";

  private final Model model;
  private final TokenizerDescription tokenizer;
  private final HuggingFaceTextEncoder encoder;
  private final Findings findings;

  /**
   * What the tokenizer has to fit.
   *
   * @param rows of the embedding
   * @param padId the token that pads
   * @param positions of a text at most
   * @param tokenTypes which of them the model reads
   */
  record Model(int rows, long padId, int positions, TokenTypes tokenTypes) {}

  TokenizerCheck(
      Model model,
      TokenizerDescription tokenizer,
      HuggingFaceTextEncoder encoder,
      Findings findings) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.encoder = encoder;
    this.findings = findings;
  }

  void inspect() {
    vocabulary();
    findings.check("special tokens", this::specialTokens);
    findings.check("unknown words", this::unknownWords);
    padding();
    findings.check("length", this::length);
    findings.check("pairs", this::pairs);
  }

  /** For a model that reads all tokens alike. */
  void inspectOfPooling() {
    vocabulary();
    findings.check("unknown words", this::unknownWords);
    findings.check("length", this::length);
  }

  private void vocabulary() {
    int size = tokenizer.size();
    if (size > model.rows()) {
      findings.problem(
          "tokenizer",
          "%s has tokens up to number %s, the model has rows up to %s only"
              .formatted(tokenizer.file(), size - 1, model.rows() - 1),
          SAVE_TOGETHER);
    } else {
      findings.ok(
          "tokenizer",
          "%s: %s tokens, the model has rows for %s"
              .formatted(tokenizer.file().getFileName(), size, model.rows()));
    }
  }

  private void specialTokens() {
    List<TokenSpan> tokens = encoder.encode(TextInput.of(PLAIN)).positions();
    TokenSpan first = tokens.get(0);
    TokenSpan last = tokens.get(tokens.size() - 1);
    if (first.special() && last.special()) {
      findings.ok(
          "special tokens",
          "texts start with %s and end with %s".formatted(first.text(), last.text()));
    } else {
      findings.warning(
          "special tokens",
          "expected texts to start and end with special tokens, got %s first and %s last"
              .formatted(quoted(first), quoted(last)),
          "the head reads what stands first: give tokenizer.json the post_processor that the model"
              + " was trained with");
    }
  }

  private static String quoted(TokenSpan token) {
    return "%s '%s'".formatted(token.special() ? "the special token" : "the token", token.text());
  }

  private void unknownWords() {
    OptionalInt unknown = tokenizer.unknown();
    if (unknown.isEmpty()) {
      findings.ok("unknown words", "there is no token for them: every text can be written");
      return;
    }
    List<TokenSpan> tokens =
        encoder.encode(TextInput.of(PLAIN)).positions().stream()
            .filter(token -> !token.special())
            .toList();
    long found = tokens.stream().filter(token -> token.id() == unknown.getAsInt()).count();
    if (found == tokens.size()) {
      findings.warning(
          "unknown words",
          "no word of '%s' is in the vocabulary".formatted(PLAIN),
          "if the model is for English, " + SAVE_TOGETHER);
    } else {
      findings.ok(
          "unknown words",
          "%s of the %s tokens of a plain English sentence".formatted(found, tokens.size()));
    }
  }

  private void padding() {
    OptionalInt padding = tokenizer.padding();
    if (padding.isPresent() && padding.getAsInt() != model.padId()) {
      findings.warning(
          "padding",
          "the tokenizer pads with token %s, config.json has pad_token_id %s"
              .formatted(padding.getAsInt(), model.padId()),
          "this library pads with the model's; set pad_token_id to what the model was trained with,"
              + " or Python and this library may disagree");
    }
  }

  private void length() {
    int limit = encoder.maxLength();
    String own =
        tokenizer.modelMaxLength().isPresent()
            ? Integer.toString(tokenizer.modelMaxLength().getAsInt())
            : "none";
    EncodedText cut = encoder.encode(TextInput.of("boring ".repeat(limit + 1)));
    String from =
        "(positions of the model: %s, model_max_length of the tokenizer: %s)"
            .formatted(model.positions(), own);
    if (cut.truncated() && cut.length() == limit) {
      findings.ok("length", "texts are cut to %s tokens %s".formatted(limit, from));
    } else {
      findings.warning(
          "length",
          "expected a text of %s words to be cut to %s tokens %s, got %s"
              .formatted(limit + 1, limit, from, cut.length()),
          null);
    }
  }

  private void pairs() {
    EncodedText pair = encoder.encode(TextInput.of(PLAIN, PLAIN));
    boolean typed = Arrays.stream(pair.tokenTypes()).anyMatch(type -> type == 1);
    if (typed) {
      findings.ok("pairs", "tokens of the second text have type 1");
    } else if (model.tokenTypes() != TokenTypes.UNLESS_LEFT_OUT) {
      separator(pair.positions());
    } else {
      findings.warning(
          "pairs",
          "the model tells the two texts apart by token types, but the tokenizer gives all type 0",
          "if the model is for pairs, give tokenizer.json its post_processor, and name"
              + " token_type_ids in model_input_names of tokenizer_config.json");
    }
  }

  private void separator(List<TokenSpan> pair) {
    boolean separated = false;
    boolean afterSpecial = false;
    for (TokenSpan token : pair) {
      separated |= afterSpecial && !token.special() && token.segment() == 1;
      if (token.segment() == 1 && !token.special()) {
        break;
      }
      afterSpecial = token.special();
    }
    if (separated) {
      findings.ok("pairs", "the two texts are told apart by the tokens between them alone");
    } else {
      findings.warning(
          "pairs",
          "the two texts follow each other without a special token between them",
          "if the model is for pairs, give tokenizer.json the post_processor that it was trained"
              + " with");
    }
  }
}
