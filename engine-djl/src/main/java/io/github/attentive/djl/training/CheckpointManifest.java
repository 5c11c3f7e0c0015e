package io.github.attentive.djl.training;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.attentive.EpochReport;
import io.github.attentive.djl.checkpoint.JsonFile;
import io.github.attentive.djl.graph.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a checkpoint says beside the tensors. Numbers are written so that they read back equal. */
final class CheckpointManifest {
  private static final Gson PRETTY =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private static final String SETTINGS = "settings";
  private static final String STATE = "state";
  private static final String UPDATES = "updates";
  private static final String STEP = "step";
  private static final String SECONDS = "seconds";
  private static final String LOSS_SUM = "lossSum";
  private static final String RIGHT = "right";
  private static final String SEEN = "seen";
  private static final String KEPT = "keptEpoch";
  private static final String EPOCHS = "epochs";

  private final JsonFile json;

  private CheckpointManifest(JsonFile json) {
    this.json = json;
  }

  /**
   * Reads a manifest.
   *
   * @throws io.github.attentive.ModelLoadException if a field is missing or wrong
   */
  static CheckpointManifest of(JsonFile json) {
    CheckpointManifest manifest = new CheckpointManifest(json);
    manifest.progress(List.of());
    manifest.settings();
    if (!manifest.stateFile().matches("state-\\d+\\.safetensors")) {
      throw json.unexpected(STATE, "a file of the checkpoint");
    }
    return manifest;
  }

  Map<String, String> settings() {
    JsonFile fields = json.object(SETTINGS);
    Map<String, String> settings = new LinkedHashMap<>();
    fields.names().forEach(name -> settings.put(name, fields.string(name)));
    return settings;
  }

  String stateFile() {
    return json.string(STATE);
  }

  long updates() {
    return whole(UPDATES);
  }

  int keptEpoch() {
    return whole(KEPT);
  }

  private int whole(String name) {
    int value = json.whole(name, -1);
    if (value < 0) {
      throw json.unexpected(name, "a whole number of at least 0");
    }
    return value;
  }

  private double number(String name) {
    double value = json.number(name, -1);
    if (value < 0) {
      throw json.unexpected(name, "a number of at least 0");
    }
    return value;
  }

  /** Where the training was. */
  TrainingProgress progress(List<Parameter> best) {
    List<EpochReport> reports = new ArrayList<>();
    for (JsonFile epoch : json.objects(EPOCHS)) {
      reports.add(EpochReportJson.read(epoch));
    }
    if (whole(KEPT) > reports.size()) {
      throw json.unexpected(KEPT, "one of the epochs that have ended");
    }
    return new TrainingProgress(
        reports,
        updates(),
        whole(STEP),
        number(SECONDS),
        new EpochFigures(number(LOSS_SUM), whole(RIGHT), whole(SEEN)),
        whole(KEPT),
        best);
  }

  /** A manifest as a file has it. */
  static byte[] write(Map<String, String> settings, String stateFile, TrainingProgress progress) {
    JsonObject json = new JsonObject();
    JsonObject fields = new JsonObject();
    settings.forEach(fields::addProperty);
    json.add(SETTINGS, fields);
    json.addProperty(STATE, stateFile);
    json.addProperty(UPDATES, progress.updates());
    json.addProperty(STEP, progress.step());
    json.addProperty(SECONDS, progress.seconds());
    json.addProperty(LOSS_SUM, progress.seen().lossSum());
    json.addProperty(RIGHT, progress.seen().right());
    json.addProperty(SEEN, progress.seen().count());
    json.addProperty(KEPT, progress.keptEpoch());
    JsonArray epochs = new JsonArray();
    progress.reports().forEach(report -> epochs.add(EpochReportJson.checkpointed(report)));
    json.add(EPOCHS, epochs);
    return (PRETTY.toJson((JsonElement) json) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
