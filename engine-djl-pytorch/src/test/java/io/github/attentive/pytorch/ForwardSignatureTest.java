package io.github.attentive.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arguments as the text of programs has them, and what they stand for. */
class ForwardSignatureTest {
  private static ForwardSignature signature(String arguments) {
    String code =
        "class Other(Module):\n  def forward(self: __torch__.Other) -> Tensor:\n    return x\n"
            + "class Model(Module):\n  training : bool\n  def explain(self: __torch__.Model,\n    "
            + "input_ids: Tensor) -> Tensor:\n    return x\n  def forward(self: __torch__.Model,\n"
            + "    "
            + arguments
            + ") -> Tuple[Tensor, Tensor]:\n    return (x, x)\n";
    return ForwardSignature.of(code, "Model").orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "input_ids: Tensor, attention_mask: Tensor | input_ids attention_mask",
        "ids: Tensor, mask: Tensor | input_ids attention_mask",
        "input_ids: Tensor, token_type_ids: Tensor, mask: Tensor"
            + " | input_ids token_type_ids attention_mask",
        "argument_1: Tensor, argument_2: Tensor, argument_3: Tensor"
            + " | input_ids attention_mask token_type_ids",
        "x: Tensor, segment_ids: Tensor, y: Tensor | input_ids token_type_ids attention_mask",
        "tokens: Tensor | input_ids",
        "input_ids: Tensor, attention_mask: Optional[Tensor]=None, head_mask: Optional[Tensor]=None"
            + " | input_ids attention_mask",
        "input_ids: Tensor, sizes: List[Tuple[int, int]]=[(1, 2), (3, 4)] | input_ids",
        "input_ids: Tensor, input_mask: Tensor, input_type_ids: Tensor"
            + " | input_ids attention_mask token_type_ids",
      })
  void standForInputs(String arguments, String inputs) {
    assertThat(signature(arguments).inputs(Path.of("model.pt"), Map.of()))
        .containsExactly(inputs.split(" "));
  }

  @Test
  void explainHasToTakeTheSame() {
    assertThat(signature("input_ids: Tensor").method()).isEqualTo("explain");
    assertThat(signature("input_ids: Tensor, mask: Tensor").method()).isEqualTo("forward");
  }

  @Test
  void classesWithoutTheMethodHaveNone() {
    assertThat(ForwardSignature.of("class Model(Module):\n  x : Tensor\n", "Model")).isEmpty();
    assertThat(ForwardSignature.of("", "Model")).isEmpty();
  }
}
