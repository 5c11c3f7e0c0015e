package io.github.attentive.djl.training;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.github.attentive.EpochReport;
import io.github.attentive.TrainingHistory;
import io.github.attentive.djl.checkpoint.JsonFile;

/** How epochs are reported in files. */
final class EpochReportJson {
  private static final Gson COMPACT = new GsonBuilder().disableHtmlEscaping().create();

  private static final String EPOCH = "epoch";
  private static final String EPOCHS = "epochs";
  private static final String LOSS = "loss";
  private static final String ACCURACY = "accuracy";
  private static final String VALIDATION_LOSS = "validationLoss";
  private static final String VALIDATION_ACCURACY = "validationAccuracy";
  private static final String SECONDS = "seconds";

  private EpochReportJson() {}

  /** The history of a training, a line an epoch. */
  static String lines(TrainingHistory history) {
    StringBuilder lines = new StringBuilder();
    for (EpochReport epoch : history.epochs()) {
      lines.append(COMPACT.toJson(object(epoch))).append('\n');
    }
    return lines.toString();
  }

  private static JsonObject object(EpochReport epoch) {
    JsonObject line = new JsonObject();
    line.addProperty(EPOCH, epoch.epoch());
    line.addProperty(LOSS, epoch.loss());
    line.addProperty(ACCURACY, epoch.accuracy());
    EpochReport.Validation validation = epoch.validation();
    if (validation != null) {
      line.addProperty(VALIDATION_LOSS, validation.loss());
      line.addProperty(VALIDATION_ACCURACY, validation.accuracy());
    }
    line.addProperty(SECONDS, epoch.seconds());
    return line;
  }

  /** The same with the number of epochs there will be. */
  static JsonObject checkpointed(EpochReport epoch) {
    JsonObject json = object(epoch);
    json.addProperty(EPOCHS, epoch.epochs());
    return json;
  }

  /**
   * What {@link #checkpointed} wrote.
   *
   * @throws io.github.attentive.ModelLoadException if a field is missing or wrong
   */
  static EpochReport read(JsonFile json) {
    EpochReport.Validation validation =
        json.has(VALIDATION_LOSS)
            ? new EpochReport.Validation(
                number(json, VALIDATION_LOSS), number(json, VALIDATION_ACCURACY))
            : null;
    return new EpochReport(
        json.positive(EPOCH),
        json.positive(EPOCHS),
        number(json, LOSS),
        number(json, ACCURACY),
        validation,
        number(json, SECONDS));
  }

  private static double number(JsonFile json, String name) {
    if (!json.has(name)) {
      throw json.unexpected(name, "a number");
    }
    return json.number(name, 0);
  }
}
