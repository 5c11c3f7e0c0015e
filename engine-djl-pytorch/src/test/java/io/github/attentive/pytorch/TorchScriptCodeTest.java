package io.github.attentive.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.djl.contract.SmallGraph;
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
              __parameters__ = ["embedding_weight", "dense_weight", "square_weight", "dense_bias", "norm_weight", "window_weight", ]
              __buffers__ = ["buckets", ]
              embedding_weight : Tensor
              dense_weight : Tensor
              square_weight : Tensor
              dense_bias : Tensor
              norm_weight : Tensor
              window_weight : Tensor
              buckets : Tensor
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
              def biased(self: __torch__.AttentiveModel,
                x: Tensor,
                mask: Tensor) -> Tensor:
                x2 = torch.scaled_dot_product_attention(x, x, x, mask, 0., False, scale=0.5)
                return x2
              def loss(self: __torch__.AttentiveModel,
                logits: Tensor,
                targets: Tensor) -> Tensor:
                x2 = torch.binary_cross_entropy_with_logits(logits, targets)
                return x2
              def softmax_loss(self: __torch__.AttentiveModel,
                logits: Tensor,
                targets: Tensor) -> Tensor:
                x2 = torch.cross_entropy_loss(logits, targets, None, 0)
                return x2
              def dropout(self: __torch__.AttentiveModel,
                x: Tensor) -> Tensor:
                x1 = torch.dropout(x, 0.25, True)
                return x1
              def tables(self: __torch__.AttentiveModel,
                ids: Tensor) -> Tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
                x1 = self.embedding_weight
                x2 = torch.slice(self.embedding_weight, 0, 0, torch.size(ids, 1), 1)
                x3 = torch.take(self.buckets, ids)
                x4 = torch.add(torch.mul(x3, -2), 3)
                x5 = torch.to(x4, 6)
                x6 = torch.to(torch.ne(ids, 1), 4)
                x7 = torch.cumsum(x6, 1)
                x8 = torch.to(x7, 6)
                x9 = torch.take(self.dense_bias, ids)
                return (x1, x2, x5, x8, x9)
              def elements(self: __torch__.AttentiveModel,
                x: Tensor,
                y: Tensor) -> Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
                x2 = torch.mul(x, y)
                x3 = torch.div(x, y)
                x4 = torch.add(torch.mul(x, 0.5), -1.25)
                x5 = torch.erf(x)
                x6 = torch.exp(x)
                x7 = torch.gelu(x)
                x8 = torch.gelu(x, approximate="tanh")
                x9 = torch.relu(x)
                x10 = torch.sigmoid(x)
                x11 = torch.silu(x)
                x12 = torch.softplus(x)
                x13 = torch.mul(x, x)
                x14 = torch.sqrt(x13)
                x15 = torch.to(torch.gt(x, 0), 6)
                x16 = torch.tanh(x)
                x17 = torch.mul(x, y)
                x18 = torch.gelu_backward(x17, x, approximate="none")
                x19 = torch.gelu_backward(x17, x, approximate="tanh")
                return (x2, x3, x4, x5, x6, x7, x8, x9, x10, x11, x12, x14, x15, x16, x18, x19)
              def axes(self: __torch__.AttentiveModel,
                x: Tensor,
                index: Tensor) -> Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
                x1 = torch.unflatten(x, 2, [3, 2])
                x2 = torch.transpose(x1, 2, 3)
                x3 = torch.flatten(x2, 1, 2)
                x4 = torch.slice(x, 2, 1, 4, 1)
                x5 = torch.select(x, 1, 1)
                x6 = torch.slice(x, 2, 4, 6, 1)
                x7 = torch.cat([x6, x], 2)
                x8 = torch.sum(x, [1])
                x10 = torch.gather(x1, 3, torch.expand(index, [torch.size(x1, 0), torch.size(x1, 1), -1, -1]))
                x11 = torch.amax(x, [2])
                x12 = torch.select(x, 1, -1)
                x13 = torch.flip(x, [1])
                x14 = torch.slice(torch.constant_pad_nd(x, [2, 0]), 2, 0, -2, 1)
                x15 = torch.slice(torch.constant_pad_nd(x, [0, 0, 0, 1]), 1, 1, None, 1)
                x16 = torch.slice(torch.constant_pad_nd(x, [0, 0, 3, 0]), 1, 0, -3, 1)
                x17 = torch.sum(x, [0])
                x18 = torch.full_like(x17, -1.5)
                x19 = torch.gather(x1, 3, torch.expand(index, [torch.size(x1, 0), torch.size(x1, 1), -1, -1]))
                x20 = torch.scatter_add(torch.zeros_like(x1), 3, torch.expand(index, [torch.size(x19, 0), torch.size(x19, 1), -1, -1]), x19)
                return (x3, x4, x5, x7, x8, x10, x11, x12, x13, x14, x15, x16, x18, x20)
              def layers(self: __torch__.AttentiveModel,
                x: Tensor) -> Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
                x1 = torch.layer_norm(x, [2], self.norm_weight, self.norm_weight, 0.01)
                x2 = torch.layer_norm(x, [2], self.norm_weight, None, 1.0E-12)
                x3 = torch.transpose(torch.conv1d(torch.transpose(x, 1, 2), self.window_weight, self.dense_bias, [1], [1]), 1, 2)
                x4 = torch.linear(x, self.dense_weight, None)
                x5 = torch.flip(x, [1])
                x6 = torch.mul(x5, 2.0)
                x7 = (torch.native_layer_norm_backward(x6, x, [2], (torch.native_layer_norm(x, [2], self.norm_weight, None, 1.0))[1], (torch.native_layer_norm(x, [2], self.norm_weight, None, 1.0))[2], self.norm_weight, None, [True, False, False]))[0]
                x8 = torch.softmax(x, 1)
                x9 = torch._softmax_backward_data(x6, x8, 1, 6)
                return (x1, x2, x3, x4, x7, x9)
              def recurrences(self: __torch__.AttentiveModel,
                x: Tensor,
                keep: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
                x2 = torch.linear(x, self.dense_weight, self.dense_bias)
                x3_all = torch.unbind(x2, 1)
                x4_all = torch.unbind(keep, 1)
                x5 = torch.new_zeros(x2, [torch.size(x2, 0), 3])
                x5_states = annotate(List[Tensor], [])
                for x5_position in range(torch.size(x2, 1)):
                  x3 = x3_all[x5_position]
                  x4 = x4_all[x5_position]
                  x6 = torch.linear(x5, self.square_weight, None)
                  x7 = torch.add(x3, x6)
                  x8 = torch.tanh(x7)
                  x9 = torch.mul(x4, x8)
                  x10 = torch.rsub(x4, 1.0)
                  x11 = torch.mul(x10, x5)
                  x12 = torch.add(x9, x11)
                  x5 = x12
                  x5_appended = torch.append(x5_states, x5)
                x13 = torch.stack(x5_states, 1)
                x14 = torch.select(x13, 1, -1)
                x15_all = torch.unbind(x2, 1)
                x16_all = torch.unbind(keep, 1)
                x17 = torch.new_zeros(x2, [torch.size(x2, 0), 3])
                x17_states = annotate(List[Tensor], [])
                for x17_position in range(torch.size(x2, 1)):
                  x15 = x15_all[torch.sub(-1, x17_position)]
                  x16 = x16_all[torch.sub(-1, x17_position)]
                  x18 = torch.linear(x17, self.square_weight, None)
                  x19 = torch.add(x15, x18)
                  x20 = torch.tanh(x19)
                  x21 = torch.mul(x16, x20)
                  x22 = torch.rsub(x16, 1.0)
                  x23 = torch.mul(x22, x17)
                  x24 = torch.add(x21, x23)
                  x17 = x24
                  x17_appended = torch.append(x17_states, x17)
                x25 = torch.flip(torch.stack(x17_states, 1), [1])
                return (x13, x25, x14)
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
