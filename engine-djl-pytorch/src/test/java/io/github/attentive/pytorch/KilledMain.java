package io.github.attentive.pytorch;

import io.github.attentive.EpochReport;
import io.github.attentive.Recipe;
import io.github.attentive.StepReport;
import io.github.attentive.Trainer;
import io.github.attentive.TrainingListener;
import io.github.attentive.TrainingOptions;
import java.nio.file.Path;

/** Trains, and after some time of it ends the process as a kill does: no code runs after. */
final class KilledMain {
  private KilledMain() {}

  static TrainingOptions.Builder options(Recipe recipe) {
    return TokenModelTrainingTest.options(recipe).epochs(20).checkpointSteps(2);
  }

  /**
   * Runs.
   *
   * @param arguments recipe, model directory, and how many milliseconds of training it lives
   */
  public static void main(String[] arguments) {
    long life = Long.parseLong(arguments[2]);
    TrainingListener listener =
        new TrainingListener() {
          private boolean begun;

          @Override
          public void onEpoch(EpochReport report) {}

          @Override
          public void onStep(StepReport report) {
            if (!begun) {
              begun = true;
              Thread killer = new Thread(() -> kill(life));
              killer.setDaemon(true);
              killer.start();
            }
          }
        };
    TrainingOptions options =
        options(Recipe.valueOf(arguments[0])).resume(true).listener(listener).build();
    Trainer.train(options, Reviews.small(), Reviews.small(), Path.of(arguments[1]));
    System.out.println("done");
  }

  private static void kill(long life) {
    try {
      Thread.sleep(life);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(0);
  }
}
