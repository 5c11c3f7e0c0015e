package io.github.attentive.djl.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.github.attentive.TextInput;
import io.github.attentive.Token;
import io.github.attentive.djl.SharedFixtures;
import io.github.attentive.spi.TokenSpan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.StreamSupport;

/** A text of a fixture and what Python's tokenizers makes of it. */
record HuggingFaceGolden(TextInput input, JsonObject expected, boolean readsTypes) {
  static Path directory(String family) {
    return SharedFixtures.path("hf/" + family);
  }

  static List<HuggingFaceGolden> of(String family) throws IOException {
    JsonObject golden =
        JsonParser.parseString(Files.readString(directory(family).resolve("golden.json")))
            .getAsJsonObject();
    boolean readsTypes =
        golden.getAsJsonArray("inputs").contains(new JsonPrimitive("token_type_ids"));
    List<HuggingFaceGolden> texts = new ArrayList<>();
    for (JsonElement element : golden.getAsJsonArray("texts")) {
      JsonObject text = element.getAsJsonObject();
      JsonElement pair = text.get("pair");
      texts.add(
          new HuggingFaceGolden(
              new TextInput(
                  text.get("text").getAsString(), pair.isJsonNull() ? null : pair.getAsString()),
              text,
              readsTypes));
    }
    return texts;
  }

  /** True where the version of the Rust library in DJL cuts the pair elsewhere. */
  boolean cutElsewhere() {
    return expected.has("ids_tokenizers_0_22");
  }

  List<Long> ids() {
    return longs(cutElsewhere() ? "ids_tokenizers_0_22" : "ids");
  }

  List<String> tokens() {
    JsonArray tokens =
        expected.getAsJsonArray(cutElsewhere() ? "tokens_tokenizers_0_22" : "tokens");
    return StreamSupport.stream(tokens.spliterator(), false).map(JsonElement::getAsString).toList();
  }

  /** What the model is given as token types: all 0 where it takes none. */
  List<Long> types() {
    List<Long> types = longs("type_ids");
    return readsTypes ? types : Collections.nCopies(types.size(), 0L);
  }

  /** The positions, where the golden has all there is to know about them. */
  List<TokenSpan> positions() {
    JsonArray sequences = expected.getAsJsonArray("sequence_ids");
    JsonArray words = expected.getAsJsonArray("word_ids");
    JsonArray offsets = expected.getAsJsonArray("offsets");
    List<Long> special = longs("special_tokens_mask");
    List<TokenSpan> positions = new ArrayList<>();
    boolean pairSeen = false;
    for (int i = 0; i < special.size(); i++) {
      String token = tokens().get(i);
      long id = ids().get(i);
      if (special.get(i) == 1) {
        int segment = pairSeen || longs("type_ids").get(i) == 1 ? 1 : 0;
        positions.add(new TokenSpan(token, id, segment, Token.NO_WORD, 0, 0, true));
        continue;
      }
      int segment = sequences.get(i).getAsInt();
      pairSeen |= segment == 1;
      String text = segment == 0 ? input.text() : String.valueOf(input.pair());
      JsonArray offset = offsets.get(i).getAsJsonArray();
      int start = text.offsetByCodePoints(0, offset.get(0).getAsInt());
      int end = text.offsetByCodePoints(0, offset.get(1).getAsInt());
      while (start < end && text.substring(start, start + 1).isBlank()) {
        start++;
      }
      while (end > start && text.substring(end - 1, end).isBlank()) {
        end--;
      }
      positions.add(new TokenSpan(token, id, segment, words.get(i).getAsInt(), start, end, false));
    }
    return positions;
  }

  private List<Long> longs(String key) {
    return StreamSupport.stream(expected.getAsJsonArray(key).spliterator(), false)
        .map(JsonElement::getAsLong)
        .toList();
  }
}
