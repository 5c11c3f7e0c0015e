package io.github.attentive.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.AttentionTensor;
import io.github.attentive.Finding;
import io.github.attentive.Finding.Severity;
import io.github.attentive.InferenceException;
import io.github.attentive.InvalidInputException;
import io.github.attentive.ModelInfo;
import io.github.attentive.ProblemType;
import io.github.attentive.TextInput;
import io.github.attentive.spi.Detail;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.Findings;
import io.github.attentive.spi.ModelOutput;
import io.github.attentive.spi.PositionsRead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each check of a running model, with a model that passes and one that does not. */
class ProbeRunsTest {

  /** The ordinary stub with something wrong. */
  private static class Sick extends StubModel {
    Sick() {
      super(2, 3, PositionsRead.ALL, false);
    }

    /** How an output goes wrong. */
    ModelOutput changed(TextInput input, ModelOutput output) {
      return output;
    }

    @Override
    public List<ModelOutput> run(List<TextInput> inputs, Detail detail) {
      List<ModelOutput> outputs = new ArrayList<>(super.run(inputs, detail));
      for (int i = 0; i < outputs.size(); i++) {
        outputs.set(i, changed(inputs.get(i), outputs.get(i)));
      }
      return outputs;
    }
  }

  private static List<Finding> findings(EngineModel model) {
    Findings findings = new Findings();
    ProbeRuns.check(model, findings);
    return findings.all();
  }

  /** The one finding that is not as it should be. */
  private static Finding only(Severity severity, EngineModel model) {
    List<Finding> bad = findings(model).stream().filter(f -> f.severity() != Severity.OK).toList();
    assertThat(bad).hasSize(1);
    assertThat(bad.get(0).severity()).isEqualTo(severity);
    return bad.get(0);
  }

  private static ModelOutput with(ModelOutput output, float[] logits, float[] scores) {
    return new ModelOutput(
        output.positions(), output.truncated(), logits, scores, output.attention().orElse(null));
  }

  private static ModelOutput shifted(ModelOutput output, float by) {
    float[] logits = output.logits();
    logits[0] += by;
    return with(output, logits, output.scores());
  }

  /** Outputs whose scores are these, of a model of this type. */
  private static StubModel scoring(ProblemType type, float... scores) {
    return new Sick() {
      @Override
      public ModelInfo info() {
        ModelInfo of = super.info();
        return new ModelInfo("stub", "stub", 2, 3, of.maxLength(), of.labels(), type);
      }

      @Override
      ModelOutput changed(TextInput input, ModelOutput output) {
        return with(output, output.logits(), scores);
      }
    };
  }

  private static StubModel attending(UnaryOperator<AttentionTensor> change) {
    return new Sick() {
      @Override
      ModelOutput changed(TextInput input, ModelOutput output) {
        Optional<AttentionTensor> attention = output.attention().map(change);
        return new ModelOutput(
            output.positions(),
            output.truncated(),
            output.logits(),
            output.scores(),
            attention.orElse(null));
      }
    };
  }

  @Test
  void anOrdinaryModelIsHealthy() {
    assertThat(findings(StubModel.ordinary()))
        .allSatisfy(f -> assertThat(f.severity()).as(f.text()).isEqualTo(Severity.OK))
        .extracting(Finding::subject)
        .containsExactly(
            "scores",
            "reading",
            "repetition",
            "batches",
            "attention",
            "attention",
            "length",
            "empty text",
            "pairs");
    assertThat(findings(new StubModel(1, 1, PositionsRead.ALL, true)))
        .as("one query")
        .allMatch(f -> f.severity() == Severity.OK);
  }

  @Test
  void aModelWithoutAttentionIsHealthyWithARemark() {
    assertThat(findings(StubModel.withoutAttention()))
        .allMatch(f -> f.severity() == Severity.OK)
        .anySatisfy(f -> assertThat(f.text()).startsWith("none: the model classifies"));
  }

  @Test
  void theFirstFailureToRunIsTheOnlyFinding() {
    EngineModel failing =
        new Sick() {
          @Override
          ModelOutput changed(TextInput input, ModelOutput output) {
            throw new InferenceException("logits: got NaN");
          }
        };
    assertThat(findings(failing))
        .containsExactly(new Finding(Severity.PROBLEM, "scores", "logits: got NaN", null));
    EngineModel broken =
        new Sick() {
          @Override
          ModelOutput changed(TextInput input, ModelOutput output) {
            throw new IllegalStateException("engine is gone");
          }
        };
    assertThat(only(Severity.PROBLEM, broken).text())
        .isEqualTo("this check failed: java.lang.IllegalStateException: engine is gone");
    EngineModel silent =
        new Sick() {
          @Override
          public List<ModelOutput> run(List<TextInput> inputs, Detail detail) {
            return List.of();
          }
        };
    assertThat(only(Severity.PROBLEM, silent).text()).isEqualTo("expected 1 outputs, got 0");
  }

  @Test
  void scoresAreWhatTheProblemTypeSays() {
    assertThat(only(Severity.PROBLEM, scoring(ProblemType.SINGLE_LABEL, 0.5f, 0.5f, 0.25f)))
        .satisfies(f -> assertThat(f.text()).contains("sum to 1, got [0.5, 0.5, 0.25]"))
        .satisfies(f -> assertThat(f.remedy()).contains("multi_label_classification"));
    assertThat(only(Severity.PROBLEM, scoring(ProblemType.SINGLE_LABEL, 1.5f, -0.5f, 0)).text())
        .isEqualTo("expected probabilities, got [1.5, -0.5, 0.0]");
    assertThat(only(Severity.PROBLEM, scoring(ProblemType.MULTI_LABEL, 1.5f, 0, 0)).text())
        .contains("expected probabilities");
    assertThat(only(Severity.PROBLEM, scoring(ProblemType.SINGLE_LABEL, 1)).text())
        .contains("a score for each of the labels [low, middle, high], got 1");
    assertThat(findings(scoring(ProblemType.MULTI_LABEL, 0.5f, 0.5f, 0.25f)))
        .contains(
            new Finding(
                Severity.OK, "scores", "a probability by itself for each of 3 labels", null))
        .allMatch(f -> f.severity() == Severity.OK);
    assertThat(findings(scoring(ProblemType.REGRESSION, -7, 12, 0)))
        .contains(new Finding(Severity.OK, "scores", "a finite number for each of 3 labels", null))
        .allMatch(f -> f.severity() == Severity.OK);
  }

  @Test
  void aModelThatSaysTheSameOfEveryTextIsSuspect() {
    EngineModel constant =
        new Sick() {
          @Override
          ModelOutput changed(TextInput input, ModelOutput output) {
            return with(output, new float[] {1, 1, 1}, new float[] {0.5f, 0.25f, 0.25f});
          }
        };
    assertThat(findings(constant).stream().filter(f -> f.severity() == Severity.WARNING))
        .extracting(Finding::subject)
        .containsExactly("reading", "pairs");
  }

  @ParameterizedTest
  @ValueSource(floats = {0.01f, 0.000001f})
  void dropoutIsSeen(float noise) {
    EngineModel noisy =
        new Sick() {
          private int runs;

          @Override
          ModelOutput changed(TextInput input, ModelOutput output) {
            return shifted(output, runs++ * noise);
          }
        };
    boolean rounding = noise < 1e-4;
    assertThat(findings(noisy).stream().filter(f -> f.severity() != Severity.OK))
        .singleElement()
        .satisfies(f -> assertThat(f.subject()).isEqualTo("repetition"))
        .satisfies(
            f -> assertThat(f.severity()).isEqualTo(rounding ? Severity.WARNING : Severity.PROBLEM))
        .satisfies(
            f -> assertThat(f.remedy()).contains(rounding ? "--device cpu" : "dropout is on"));
  }

  @Test
  void paddingThatCountsIsSeen() {
    EngineModel padded =
        new Sick() {
          @Override
          public List<ModelOutput> run(List<TextInput> inputs, Detail detail) {
            List<ModelOutput> outputs = new ArrayList<>(super.run(inputs, detail));
            if (outputs.size() > 1) {
              outputs.set(1, shifted(outputs.get(1), 0.001f));
            }
            return outputs;
          }
        };
    Finding finding = only(Severity.PROBLEM, padded);
    assertThat(finding.subject()).isEqualTo("batches");
    assertThat(finding.remedy()).contains("attention mask");
  }

  @Test
  void attentionIsADistributionForEachRow() {
    EngineModel tooMuch =
        attending(
            tensor -> {
              float[] values = tensor.toArray();
              int keys = tensor.keys();
              // Layer 1, head 2, query 3.
              values[((3 + 2) * keys + 3) * keys] += 0.125f;
              return new AttentionTensor(2, 3, keys, keys, values);
            });
    Finding finding = only(Severity.PROBLEM, tooMuch);
    assertThat(finding.text())
        .contains("got a sum of 1.125 and none below 0 in layer 1, head 2, query 3");
    assertThat(finding.remedy()).contains("softmax");
    EngineModel negative =
        attending(
            tensor -> {
              float[] values = tensor.toArray();
              values[0] += 1;
              values[1] -= 1;
              return new AttentionTensor(2, 3, tensor.keys(), tensor.keys(), values);
            });
    assertThat(only(Severity.PROBLEM, negative).text()).contains("negative ones in layer 0");
  }

  @Test
  void attentionHasTheShapeThatTheModelNames() {
    EngineModel fewer =
        attending(
            tensor ->
                new AttentionTensor(
                    1, 1, 1, tensor.keys(), Arrays.copyOf(tensor.toArray(), tensor.keys())));
    assertThat(only(Severity.PROBLEM, fewer).text())
        .contains("expected the shape [2, 3,", "got [1, 1, 1,");
    EngineModel none = attending(tensor -> null);
    assertThat(only(Severity.PROBLEM, none).text())
        .isEqualTo("expected weights with the output, got none");
    EngineModel other =
        new Sick() {
          @Override
          ModelOutput changed(TextInput input, ModelOutput output) {
            return output.attention().isPresent() ? shifted(output, 1) : output;
          }
        };
    assertThat(only(Severity.PROBLEM, other).text()).contains("when its attention is asked for");
  }

  @Test
  void longTextsAreCut() {
    EngineModel whole =
        new Sick() {
          @Override
          ModelOutput changed(TextInput input, ModelOutput output) {
            return new ModelOutput(
                output.positions(),
                false,
                output.logits(),
                output.scores(),
                output.attention().orElse(null));
          }
        };
    assertThat(only(Severity.WARNING, whole).text())
        .startsWith("a text of 33 words was read whole");
    EngineModel endless =
        new Sick() {
          @Override
          public ModelInfo info() {
            return new ModelInfo("stub", "stub", 2, 3, 8192, super.info().labels());
          }
        };
    assertThat(findings(endless))
        .contains(
            new Finding(
                Severity.OK, "length", "texts of more than 512 tokens were not tried", null));
  }

  @Test
  void theEmptyTextIsAText() {
    EngineModel choosy =
        new Sick() {
          @Override
          ModelOutput changed(TextInput input, ModelOutput output) {
            if (input.text().isEmpty()) {
              throw new InvalidInputException("expected at least one word");
            }
            return output;
          }
        };
    assertThat(only(Severity.PROBLEM, choosy))
        .isEqualTo(new Finding(Severity.PROBLEM, "empty text", "expected at least one word", null));
  }

  @Test
  void pairsAreRefusedReadOrIgnored() {
    EngineModel refusing =
        new Sick() {
          @Override
          ModelOutput changed(TextInput input, ModelOutput output) {
            if (input.pair() != null) {
              throw new InvalidInputException("expected no pair");
            }
            return output;
          }
        };
    assertThat(findings(refusing))
        .contains(new Finding(Severity.OK, "pairs", "are refused: expected no pair", null));
    EngineModel ignoring =
        new Sick() {
          @Override
          public List<ModelOutput> run(List<TextInput> inputs, Detail detail) {
            return super.run(
                inputs.stream().map(input -> TextInput.of(input.text())).toList(), detail);
          }
        };
    assertThat(only(Severity.WARNING, ignoring).text())
        .isEqualTo("are taken, but the second text changes nothing");
    EngineModel pairsOnly =
        new Sick() {
          @Override
          ModelOutput changed(TextInput input, ModelOutput output) {
            if (input.pair() == null) {
              throw new InvalidInputException("expected a pair");
            }
            return output;
          }
        };
    assertThat(findings(pairsOnly))
        .allMatch(f -> f.severity() == Severity.OK)
        .extracting(Finding::subject)
        .doesNotContain("pairs", "empty text")
        .contains("attention", "length");
  }
}
