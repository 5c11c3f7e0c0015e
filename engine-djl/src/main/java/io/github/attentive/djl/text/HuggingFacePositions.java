package io.github.attentive.djl.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import io.github.attentive.InvalidInputException;
import io.github.attentive.Token;
import io.github.attentive.spi.TokenSpan;
import java.util.ArrayList;
import java.util.List;

/**
 * From the native library's encoding, which is neither cut nor padded, to the positions of a model.
 *
 * <p>Texts are cut here, since the library keeps every stretch it cuts off, which for a pair of
 * long texts takes quadratic time and memory, and does not survive a limit below its special
 * tokens.
 *
 * @param maxLength the most positions
 * @param tokenTypes false if all types are 0
 * @param cutsLeft true if a text loses its beginning
 */
record HuggingFacePositions(int maxLength, boolean tokenTypes, boolean cutsLeft) {

  /**
   * The positions of a text or of a pair.
   *
   * @throws InvalidInputException if there is no room for the special tokens
   */
  EncodedText of(Encoding encoding, List<ScalarText> texts) {
    long[] ids = encoding.getIds();
    long[] types = encoding.getTypeIds();
    long[] words = encoding.getWordIds();
    long[] sequences = encoding.getSequenceIds();
    String[] tokens = encoding.getTokens();
    CharSpan[] spans = encoding.getCharTokenSpans();

    int[] lengths = new int[2];
    for (int i = 0; i < ids.length; i++) {
      if (!isSpecial(words[i], sequences[i])) {
        lengths[(int) sequences[i]]++;
      }
    }
    int specials = ids.length - lengths[0] - lengths[1];
    if (specials > maxLength) {
      throw new InvalidInputException(
          "maximum length: expected at least %s, the special tokens around %s, got %s; raise it"
              .formatted(specials, texts.size() == 1 ? "a text" : "a pair of texts", maxLength));
    }
    int[] kept = longestFirst(lengths, maxLength - specials);

    List<TokenSpan> positions = new ArrayList<>();
    long[] keptTypes = new long[specials + kept[0] + kept[1]];
    int[] seen = new int[2];
    for (int i = 0; i < ids.length; i++) {
      TokenSpan position;
      if (isSpecial(words[i], sequences[i])) {
        int segment = types[i] == 1 || seen[1] > 0 ? 1 : 0;
        position = new TokenSpan(tokens[i], ids[i], segment, Token.NO_WORD, 0, 0, true);
      } else {
        int segment = (int) sequences[i];
        int first = cutsLeft ? lengths[segment] - kept[segment] : 0;
        int index = seen[segment]++;
        if (index < first || index >= first + kept[segment]) {
          continue;
        }
        ScalarText.Span span = texts.get(segment).span(spans[i].getStart(), spans[i].getEnd());
        position =
            new TokenSpan(
                tokens[i], ids[i], segment, (int) words[i], span.start(), span.end(), false);
      }
      keptTypes[positions.size()] = tokenTypes ? types[i] : 0;
      positions.add(position);
    }
    return new EncodedText(positions, keptTypes, positions.size() < ids.length);
  }

  /** The library gives -1 for what is not there. */
  private static boolean isSpecial(long word, long sequence) {
    return word < 0 || sequence < 0;
  }

  /**
   * How many tokens of a text and its pair are left: the longer one is cut first, the shorter one
   * only to the half. Who gets the odd token then is as in tokenizers 0.21, not as in 0.23.
   */
  private static int[] longestFirst(int[] lengths, int room) {
    int shorter = Math.min(lengths[0], lengths[1]);
    int longer = Math.max(lengths[0], lengths[1]);
    if (shorter + longer > room) {
      shorter = Math.min(shorter, room / 2);
      longer = room - shorter;
    }
    return lengths[0] > lengths[1] ? new int[] {longer, shorter} : new int[] {shorter, longer};
  }
}
