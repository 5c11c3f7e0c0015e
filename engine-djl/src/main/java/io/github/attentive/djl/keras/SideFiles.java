package io.github.attentive.djl.keras;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.attentive.djl.text.VocabularyFile;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The files that a model of Keras has beside it, made anew for its export. Immutable. */
public final class SideFiles {
  private final KerasText text;
  private final List<String> labels;
  private final boolean masksPadding;

  SideFiles(KerasText text, List<String> labels, boolean masksPadding) {
    this.text = text;
    this.labels = labels;
    this.masksPadding = masksPadding;
  }

  /**
   * The files.
   *
   * @return content by name: {@value KerasSettings#VOCABULARY} and {@value KerasSettings#SETTINGS}
   */
  public Map<String, byte[]> content() {
    JsonObject settings = new JsonObject();
    JsonArray names = new JsonArray();
    labels.forEach(names::add);
    settings.add("labels", names);
    text.length().ifPresent(length -> settings.addProperty("sequenceLength", length));
    settings.add("standardize", name(text.vectorization().standardize()));
    settings.add("split", name(text.vectorization().split()));
    settings.addProperty("maskPadding", masksPadding);
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(
        KerasSettings.SETTINGS,
        utf8(
            new GsonBuilder()
                    .disableHtmlEscaping()
                    .serializeNulls()
                    .setPrettyPrinting()
                    .create()
                    .toJson(settings)
                + "\n"));
    files.put(KerasSettings.VOCABULARY, utf8(VocabularyFile.write(text.vocabulary())));
    return files;
  }

  private static com.google.gson.JsonElement name(Enum<?> choice) {
    String name = choice.name().toLowerCase(Locale.ROOT);
    return name.equals("none") ? JsonNull.INSTANCE : new JsonPrimitive(name);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
