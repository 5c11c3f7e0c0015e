package io.github.attentive.djl.training;

import io.github.attentive.Dataset;
import io.github.attentive.LabelledText;
import io.github.attentive.TextInput;
import io.github.attentive.djl.architecture.ModelFunctions;
import io.github.attentive.djl.graph.Axis;
import io.github.attentive.djl.graph.ElementType;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.GraphBuilder;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import io.github.attentive.djl.graph.Tensor;
import io.github.attentive.djl.runtime.BatchInputs;
import io.github.attentive.djl.text.EncodedText;
import io.github.attentive.djl.text.TextEncoder;
import io.github.attentive.spi.TokenSpan;
import java.util.ArrayList;
import java.util.List;

/** Texts that are numbers, as examples: text n has the token n, 1 + n % 5 times. */
final class NumberedTexts {
  static final List<String> LABELS = List.of("even", "odd");

  private static final Axis BATCH = Axis.named("batch");

  private NumberedTexts() {}

  static Dataset dataset(int count) {
    List<LabelledText> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(LabelledText.of(Integer.toString(i), LABELS.get(i % 2)));
    }
    return Dataset.of(texts, LABELS);
  }

  static TokenExamples examples(int count) {
    return new TokenExamples(dataset(count), new Encoder(), BatchInputs.ofLoss(graph(), 0));
  }

  /** A matrix and a vector, and a table that is not trained; what it computes is not looked at. */
  static Graph graph() {
    GraphBuilder graph = new GraphBuilder();
    Parameter matrix =
        graph.parameter(
            Parameter.of("matrix", Shape.ofSizes(3, 2), new float[] {1, 2, 3, 4, 5, 6}));
    Parameter vector =
        graph.parameter(Parameter.of("vector", Shape.ofSizes(2), new float[] {7, 8}));
    FunctionBuilder loss = graph.function(ModelFunctions.LOSS);
    Tensor ids =
        loss.input(ModelFunctions.INPUT_IDS, ElementType.INT64, BATCH, Axis.named("length"));
    loss.input(ModelFunctions.ATTENTION_MASK, ElementType.INT64, BATCH, Axis.named("length"));
    Tensor targets = loss.input(ModelFunctions.TARGETS, ElementType.INT64, BATCH);
    Tensor words = loss.embedding(matrix, ids);
    Tensor logits = loss.mean(loss.multiply(words, loss.rows(vector)), 1);
    loss.output(ModelFunctions.MEAN_LOSS, loss.mean(loss.crossEntropy(logits, targets), 0));
    loss.output(ModelFunctions.LOGITS, logits);
    return graph.build();
  }

  private static final class Encoder implements TextEncoder {
    @Override
    public EncodedText encode(TextInput input) {
      int number = Integer.parseInt(input.text());
      List<TokenSpan> tokens = new ArrayList<>();
      for (int i = 0; i <= number % 5; i++) {
        tokens.add(new TokenSpan("t", number, 0, 0, 0, 1, false));
      }
      return new EncodedText(tokens, new long[tokens.size()], false);
    }

    @Override
    public int maxLength() {
      return 5;
    }
  }
}
