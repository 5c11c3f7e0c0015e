package io.github.attentive.djl.text;

import io.github.attentive.EngineUnavailableException;
import io.github.attentive.InvalidInputException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Learns the vocabulary of a BERT tokenizer from texts: the letters, and then what comes of merging
 * the most frequent pair of neighbouring pieces again and again (Sennrich et al. 2016, "Neural
 * Machine Translation of Rare Words with Subword Units"), as the trainer of Hugging Face's
 * tokenizers does for WordPiece.
 *
 * <p>The same texts give the same tokens, whatever the platform and the order of the texts. Calls
 * share nothing and may run in several threads at once.
 */
public final class WordPieceLearner {
  private static final int SMALLEST_VOCABULARY = WordPieceTokenizer.SPECIAL_TOKENS.size() + 1;

  private final int vocabularySize;
  private final List<String> tokens = new ArrayList<>(WordPieceTokenizer.SPECIAL_TOKENS);
  private final Map<String, Integer> ids = new HashMap<>();

  private WordPieceLearner(int vocabularySize) {
    this.vocabularySize = vocabularySize;
  }

  /**
   * Learns a vocabulary.
   *
   * <p>Texts are cut into words as {@code bert-base-uncased} does, in small letters without
   * accents. Words of more than 100 code points are unknown to the tokenizer, so nothing is learned
   * from them. The letters take at most half of what the special tokens leave; where they are more,
   * the rarest are left out, and with them the words that have one. Of equally frequent pairs that
   * of the earlier tokens is merged first.
   *
   * @param texts read once; an empty one is no harm
   * @param vocabularySize the most tokens, special ones included, at least 6; there are fewer where
   *     no pair is frequent enough
   * @param minimumFrequency how often two pieces have to be neighbours to become one, at least 1
   * @return the tokens in the order of their ids: {@code [PAD]}, {@code [UNK]}, {@code [CLS]},
   *     {@code [SEP]}, {@code [MASK]}, the letters by code point, the same with {@code ##} before
   *     them, and what was merged, the most frequent first; {@link PortableTokenizer#ofWordPieces}
   *     makes files of them
   * @throws InvalidInputException if a number is too small or the texts have no words
   * @throws EngineUnavailableException if the native tokenizer library cannot be loaded
   */
  public static List<String> learn(
      Iterable<String> texts, int vocabularySize, int minimumFrequency) {
    if (vocabularySize < SMALLEST_VOCABULARY) {
      throw new InvalidInputException(
          "vocabulary size: expected at least %s, got %s"
              .formatted(SMALLEST_VOCABULARY, vocabularySize));
    }
    if (minimumFrequency < 1) {
      throw new InvalidInputException(
          "minimum frequency: expected at least 1, got " + minimumFrequency);
    }
    Map<String, Long> words = BertWords.count(texts);
    words
        .keySet()
        .removeIf(
            word -> word.codePointCount(0, word.length()) > WordPieceTokenizer.MAX_WORD_LENGTH);
    if (words.isEmpty()) {
      throw new InvalidInputException(
          "texts: expected words to learn a vocabulary from, got none of at most %s letters"
              .formatted(WordPieceTokenizer.MAX_WORD_LENGTH));
    }
    WordPieceLearner learner = new WordPieceLearner(vocabularySize);
    learner.addLetters(words);
    learner.addMerges(new PiecePairs(learner.pieces(words)), minimumFrequency);
    return List.copyOf(learner.tokens);
  }

  private void addLetters(Map<String, Long> words) {
    SortedMap<Integer, Long> counts = new TreeMap<>();
    Set<Integer> continuing = new HashSet<>();
    words.forEach(
        (word, count) -> {
          word.codePoints().forEach(letter -> counts.merge(letter, count, Long::sum));
          word.codePoints().skip(1).forEach(continuing::add);
        });
    // The sort is stable: of equally frequent letters that of the smaller code point is first.
    List<Integer> mostFrequent = new ArrayList<>(counts.keySet());
    mostFrequent.sort(Comparator.comparing(counts::get, Comparator.reverseOrder()));
    int room = (vocabularySize - tokens.size() + 1) / 2;
    SortedSet<Integer> kept = new TreeSet<>();
    for (int letter : mostFrequent) {
      room -= continuing.contains(letter) ? 2 : 1;
      if (room < 0) {
        break;
      }
      kept.add(letter);
    }
    kept.forEach(letter -> add(Character.toString(letter)));
    kept.stream()
        .filter(continuing::contains)
        .forEach(letter -> add(WordPieceTokenizer.CONTINUATION + Character.toString(letter)));
  }

  private void add(String token) {
    ids.put(token, tokens.size());
    tokens.add(token);
  }

  /** The words as letters, but for those with a letter that was left out. */
  private List<PiecePairs.Word> pieces(Map<String, Long> words) {
    List<PiecePairs.Word> result = new ArrayList<>();
    words.forEach(
        (word, count) -> {
          List<String> letters =
              new ArrayList<>(word.codePoints().mapToObj(Character::toString).toList());
          letters
              .subList(1, letters.size())
              .replaceAll(letter -> WordPieceTokenizer.CONTINUATION + letter);
          if (ids.keySet().containsAll(letters)) {
            int[] pieces = letters.stream().mapToInt(ids::get).toArray();
            result.add(new PiecePairs.Word(pieces, count));
          }
        });
    return result;
  }

  private void addMerges(PiecePairs pairs, int minimumFrequency) {
    while (tokens.size() < vocabularySize) {
      OptionalLong pair = pairs.mostFrequent(minimumFrequency);
      if (pair.isEmpty()) {
        return;
      }
      String left = tokens.get(PiecePairs.left(pair.getAsLong()));
      String right = tokens.get(PiecePairs.right(pair.getAsLong()));
      String merged = left + right.substring(WordPieceTokenizer.CONTINUATION.length());
      // Two ways may lead to one piece.
      if (!ids.containsKey(merged)) {
        add(merged);
      }
      pairs.merge(pair.getAsLong(), ids.get(merged));
    }
  }
}
