package io.github.attentive.djl.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.SharedFixtures;
import io.github.attentive.spi.EngineModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A damaged model is one that opens or a failure that is said; soon, and no file is written. */
class KerasDamageTest extends KerasCase {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "model.weights.h5";

  private Path file;

  @BeforeEach
  void placeVocabulary() throws IOException {
    file = folder.resolve("model.keras");
    Files.writeString(
        folder.resolve("vocabulary.txt"), String.join("\n", KerasArchive.WORDS) + "\n");
  }

  @AfterEach
  void nothingIsWritten() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("model.keras", "vocabulary.txt");
    }
  }

  /** Whether it opens. */
  private boolean opens() {
    return assertTimeoutPreemptively(
        LIMIT,
        () -> {
          try (EngineModel model = open(file)) {
            return model.info().labels().size() > 0;
          } catch (ModelLoadException e) {
            assertThat(e.getMessage()).isNotEmpty().doesNotContain("\n");
            return false;
          }
        });
  }

  private boolean opens(Map<String, byte[]> entries) throws IOException {
    ZipContent.write(file, entries);
    return opens();
  }

  private static byte[] flipped(byte[] whole, int from, int to, Random random) {
    byte[] damaged = whole.clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      damaged[from + random.nextInt(to - from)] ^= (byte) (1 << random.nextInt(8));
    }
    return damaged;
  }

  @ParameterizedTest
  @ValueSource(strings = {"v_bigru_mask", "v_mha2", "a_10x10"})
  void cutAnywhere(String fixture) throws IOException {
    byte[] whole = Files.readAllBytes(SharedFixtures.path("keras/" + fixture + "/model.keras"));
    for (int part = 0; part < 60; part++) {
      Files.write(file, Arrays.copyOf(whole, (int) ((long) whole.length * part / 60)));
      assertThat(opens()).as("%s of 60 parts", part).isFalse();
    }
    for (int missing = 1; missing < 60; missing++) {
      Files.write(file, Arrays.copyOf(whole, whole.length - missing));
      opens();
    }
  }

  /** The directory at the end of the archive: what it says of the entries. */
  @Test
  void damagedDirectories() throws IOException {
    EveryKerasLayer.archive().write(folder);
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(21);
    int refused = 0;
    for (int round = 0; round < 300; round++) {
      Files.write(file, flipped(whole, whole.length - 250, whole.length, random));
      refused += opens() ? 0 : 1;
    }
    assertThat(refused).isBetween(100, 299);
  }

  /** What the archive's own checksum would tell, were it not made anew. */
  @Test
  void damagedWeights() throws IOException {
    EveryKerasLayer.archive().write(folder);
    Map<String, byte[]> entries = ZipContent.read(file);
    byte[] whole = entries.get(WEIGHTS);
    Random random = new Random(22);
    int refused = 0;
    for (int round = 0; round < 300; round++) {
      entries.put(WEIGHTS, flipped(whole, 0, whole.length, random));
      refused += opens(entries) ? 0 : 1;
    }
    assertThat(refused).isBetween(20, 299);
    for (int part = 0; part < 60; part++) {
      entries.put(WEIGHTS, Arrays.copyOf(whole, whole.length * part / 60));
      assertThat(opens(entries)).as("%s of 60 parts", part).isFalse();
    }
  }

  @Test
  void damagedWeightsOfKeras() throws IOException {
    Path fixture = SharedFixtures.path("keras/v_bigru_mask");
    Files.copy(
        fixture.resolve("vocabulary.txt"),
        folder.resolve("vocabulary.txt"),
        StandardCopyOption.REPLACE_EXISTING);
    Map<String, byte[]> entries = ZipContent.read(fixture.resolve("model.keras"));
    byte[] whole = entries.get(WEIGHTS);
    Random random = new Random(23);
    int refused = 0;
    for (int round = 0; round < 100; round++) {
      entries.put(WEIGHTS, flipped(whole, 0, whole.length, random));
      refused += opens(entries) ? 0 : 1;
    }
    assertThat(refused).isBetween(1, 99);
  }

  /** Any value of the configuration may be another one. */
  @Test
  void changedConfigurations() throws IOException {
    EveryKerasLayer.archive().write(folder);
    assertThat(opens()).isTrue();
    Map<String, byte[]> entries = ZipContent.read(file);
    String config = new String(entries.get(CONFIG), StandardCharsets.UTF_8);
    Random random = new Random(24);
    int refused = 0;
    for (int round = 0; round < 500; round++) {
      JsonElement changed = JsonParser.parseString(config);
      for (int i = random.nextInt(2); i >= 0; i--) {
        List<Consumer<JsonElement>> places = new ArrayList<>();
        places(changed, places);
        places.get(random.nextInt(places.size())).accept(other(changed, random));
      }
      entries.put(CONFIG, changed.toString().getBytes(StandardCharsets.UTF_8));
      refused += opens(entries) ? 0 : 1;
    }
    assertThat(refused).isBetween(150, 499);
  }

  private static void places(JsonElement element, List<Consumer<JsonElement>> places) {
    if (element instanceof JsonObject object) {
      object
          .entrySet()
          .forEach(
              entry -> {
                places.add(value -> object.add(entry.getKey(), value));
                places(entry.getValue(), places);
              });
    } else if (element instanceof JsonArray array) {
      for (int i = 0; i < array.size(); i++) {
        int place = i;
        places.add(value -> array.set(place, value));
        places(array.get(i), places);
      }
    }
  }

  private static JsonElement other(JsonElement root, Random random) {
    String[] values = {
      "null",
      "[]",
      "{}",
      "[null]",
      "[[]]",
      "\"\"",
      "\"x\"",
      "\"ids\"",
      "\"embedding\"",
      "true",
      "false",
      "0",
      "1",
      "-1",
      "2",
      "3",
      "0.5",
      "-7",
      "1e9",
      "2147483648",
      "1e300",
      "[1,2,3]",
      "[\"ids\",0,0]",
      "[\"mha\",1,1]",
      "{\"class_name\":\"x\",\"config\":{}}"
    };
    JsonElement chosen = JsonParser.parseString(values[random.nextInt(values.length)]);
    return chosen instanceof JsonNull && random.nextBoolean() ? root.deepCopy() : chosen;
  }
}
