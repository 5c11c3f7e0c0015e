package io.github.attentive.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.djl.graph.ElementType;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.GraphBuilder;
import io.github.attentive.djl.graph.Tensor;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TorchScriptCodeTest {
  @Test
  void writesEveryOperation() {
    assertThat(code(SmallGraph.ofEveryOperation()))
        .isEqualTo(
            """
            class AttentiveModel(Module):
              __parameters__ = ["embedding_weight", "dense_weight", "dense_bias", ]
              __buffers__ = []
              embedding_weight : Tensor
              dense_weight : Tensor
              dense_bias : Tensor
              training : bool
              def explain(self: __torch__.AttentiveModel,
                ids: Tensor) -> Tuple[Tensor, Tensor]:
                x1 = torch.embedding(self.embedding_weight, ids)
                x2 = torch.add(x1, x1)
                x3 = torch.transpose(x2, 1, 2)
                x4 = torch.matmul(x1, x3)
                x5 = torch.softmax(x4, 2)
                x6 = torch.unsqueeze(x5, 1)
                x7 = torch.scaled_dot_product_attention(x1, x2, x1, None, 0., False, scale=0.125)
                x8 = torch.mean(x7, [1])
                x9 = torch.linear(x8, self.dense_weight, self.dense_bias)
                return (x9, x6)
              def loss(self: __torch__.AttentiveModel,
                logits: Tensor,
                targets: Tensor) -> Tensor:
                x2 = torch.binary_cross_entropy_with_logits(logits, targets)
                return x2
              def softmax_loss(self: __torch__.AttentiveModel,
                logits: Tensor,
                targets: Tensor) -> Tensor:
                x2 = torch.cross_entropy_loss(logits, targets)
                return x2
            """);
  }

  @Test
  void digitsDoNotDependOnTheLocale() {
    String expected = code(SmallGraph.ofEveryOperation());
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat("%d".formatted(1)).as("this locale has digits of its own").isNotEqualTo("1");
      assertThat(code(SmallGraph.ofEveryOperation())).isEqualTo(expected);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void aValueOfAnotherFunctionIsRefused() {
    GraphBuilder graph = new GraphBuilder();
    Tensor stranger = graph.function("f").input("x", ElementType.FLOAT32);
    FunctionBuilder other = graph.function("g");
    other.output("y", other.unsqueeze(stranger, 0));
    assertThatThrownBy(() -> code(graph.build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tensor 0 FLOAT32[] is not a value of this function so far");
  }

  private static String code(Graph graph) {
    return TorchScriptCode.complete(graph, new TorchScriptNames(graph));
  }
}
