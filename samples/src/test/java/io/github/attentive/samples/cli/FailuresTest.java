package io.github.attentive.samples.cli;

import static io.github.attentive.samples.cli.CommandRun.fails;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exit codes, the one line that names what is wrong, and nothing on standard output. */
class FailuresTest {
  @TempDir private static Path folder;

  /** What the words of the tables below stand for. */
  private static String model;

  private static String pooling;
  private static String data;
  private static String out;

  @BeforeAll
  static void train() throws IOException {
    model = CommandRun.train(folder.resolve("model"), "keras-attention");
    pooling = CommandRun.train(folder.resolve("pooling"), "keras-pooling", "--threads", "1");
    data = Files.writeString(folder.resolve("data.csv"), "great,1\nbad,0\n").toString();
    out = folder.resolve("out").toString();
  }

  private static String[] arguments(String line) {
    return line.isEmpty()
        ? new String[0]
        : Arrays.stream(line.split(" "))
            .map(
                word ->
                    switch (word) {
                      case "MODEL" -> model;
                      case "POOLING" -> pooling;
                      case "DATA" -> data;
                      case "OUT" -> out;
                      case "OUT.svg", "OUT.html", "OUT.pt" -> word.replace("OUT", out);
                      default -> word;
                    })
            .toArray(String[]::new);
  }

  private static void assertNothingWritten() {
    assertThat(List.of(out, out + ".svg", out + ".html", out + ".pt"))
        .allMatch(path -> Files.notExists(Path.of(path)));
  }

  /** A command line, and what its error has to name. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|command",
        "nonsense|nonsense",
        "--nonsense|--nonsense",
        "Classify --model MODEL x|Classify",
        "engines more|more",
        "classify|--model",
        "classify x|--model",
        "classify --model|--model",
        "classify --model MODEL|TEXT",
        "classify --model MODEL --model MODEL x|--model",
        "classify --model MODEL --unknown x|--unknown",
        "classify --model MODEL --attention x|--attention",
        "classify --model MODEL --engine keras x|keras",
        "classify --model MODEL --engine PyTorch x|PyTorch",
        "classify --model MODEL --device tpu x|tpu",
        "classify --model MODEL --device gpu:x x|gpu:x",
        "classify --model MODEL --device GPU x|GPU",
        "classify --model MODEL --format xml x|xml",
        "classify --model MODEL --threads 0 x|threads",
        "classify --model MODEL --threads many x|many",
        "classify --model MODEL --batch-size 0 x|batch size",
        "classify --model MODEL --max-length 0 x|length",
        "classify --model MODEL --max-length 99999999999 x|--max-length",
        "classify --model MODEL --pair y x|pair",
        "classify --model MODEL --pair y x z|--pair",
        "classify --model MODEL --input nowhere.txt|nowhere.txt",
        "classify --model MODEL --input DATA x|--input",
        "classify --model MODEL --input DATA --pair x|--input",
        "classify --model MODEL --input MODEL|MODEL",
        "classify --model MODEL --output nowhere/out.txt x|nowhere",
        "explain --model MODEL|TEXT",
        "explain --model MODEL a b|2",
        "explain --model MODEL --layer 1 x|layer",
        "explain --model MODEL --layer -1 x|layer",
        "explain --model MODEL --head 1 x|head",
        "explain --model MODEL --head one x|--head",
        "explain --model MODEL --target other x|other",
        "explain --model MODEL --target negative x|negative",
        "explain --model MODEL --method guess x|guess",
        "explain --model MODEL --method Attention x|Attention",
        "explain --model MODEL --granularity letter x|letter",
        "explain --model MODEL --special hide x|hide",
        "explain --model MODEL --attention x|--attention",
        "report --model MODEL x|--out",
        "report --model MODEL --out OUT.svg|TEXT",
        "report --model MODEL --out OUT.png x|.svg",
        "report --model MODEL --out OUT x|.svg",
        "report --model MODEL --out OUT.svg x y|.html",
        "report --model MODEL --out OUT.svg --view pie x|pie",
        "report --model MODEL --out OUT.svg --palette rainbow x|rainbow",
        "report --model MODEL --out OUT.svg --view bars --palette Blues x|--palette",
        "report --model MODEL --out OUT.svg --dark night x|night",
        "report --model MODEL --out OUT.html --layer 7 x|layer",
        "report --model MODEL --out nowhere/out.svg x|nowhere",
        "train --recipe keras-attention --train DATA|--out",
        "train --recipe keras-attention --out OUT|--train",
        "train --train DATA --out OUT|--recipe",
        "train --recipe cnn --train DATA --out OUT|cnn",
        "train --recipe keras-attention --train nowhere.csv --out OUT|nowhere.csv",
        "train --recipe keras-attention --train DATA --out OUT --epochs 0|epochs",
        "train --recipe keras-attention --train DATA --out OUT --epochs 1.5|1.5",
        "train --recipe keras-attention --train DATA --out OUT --batch-size 0|batch size",
        "train --recipe keras-attention --train DATA --out OUT --learning-rate 0|learning rate",
        "train --recipe keras-attention --train DATA --out OUT --learning-rate NaN|learning rate",
        "train --recipe keras-attention --train DATA --out OUT --learning-rate 0,1|0,1",
        "train --recipe keras-attention --train DATA --out OUT --max-tokens 2|vocabulary",
        "train --recipe keras-attention --train DATA --out OUT --max-length 0|length",
        "train --recipe keras-attention --train DATA --out OUT --seed x|--seed",
        "train --recipe keras-attention --train DATA --out OUT --labels A|[A]",
        "train --recipe keras-attention --train DATA --out OUT --validation no.csv|no.csv",
        "train --recipe keras-attention --train DATA --out OUT --from MODEL|checkpoint to go on from",
        "train --recipe keras-attention --train DATA --out OUT --tokenizer DATA|tokenizer",
        "train --recipe keras-attention --train DATA --out OUT --padding mask|padding",
        "train --recipe keras-attention --train DATA --out OUT --frozen-layers 1|frozen layers",
        "train --recipe keras-attention --train DATA --out OUT --balanced|balanced",
        "train --recipe keras-attention --train DATA --out OUT --patience 1|patience",
        "train --recipe keras-attention --train DATA --out OUT --validation-share 2|share",
        "train --recipe keras-attention --train DATA --out OUT --validation-share 0.5 --validation DATA|--validation-share",
        "train --recipe keras-attention --train DATA --out OUT --curve x.png|--curve",
        "train --recipe bigru-attention --train DATA --out OUT --padding some|some",
        "train --recipe bigru-attention --train DATA --out OUT --dropout 1|dropout",
        "export|--model",
        "export --model MODEL --out OUT|--to",
        "export --model MODEL --to torchscript|--out",
        "export --model MODEL --to onnx --out OUT|onnx",
        "export --model MODEL --to TorchScript --out OUT|TorchScript",
        "export --model MODEL --to torchscript --out OUT x|x",
        "export --model MODEL --to torchscript --out OUT --max-length 0|length",
        "export --model MODEL --to torchscript --out nowhere/out.pt|nowhere",
        "export --model MODEL --to torchscript --out DATA|DATA",
        "export --model MODEL --to torchscript --out MODEL|model.safetensors",
        "export --model MODEL --to savedmodel --out OUT.pt|.pt",
        "export --model MODEL --to savedmodel --out DATA|DATA",
        "export --model MODEL --to savedmodel --out MODEL|model.safetensors",
        "evaluate --model MODEL|--input",
        "evaluate --input DATA|--model",
        "doctor|--model",
        "doctor --model MODEL more|more",
        "doctor --model MODEL --format xml|xml",
        "doctor --model MODEL --max-length 0|length",
        "demo --seeds 0 --out OUT|--seeds",
        "demo --seeds x --out OUT|--seeds",
        "demo --reviews nowhere.tsv --out OUT|nowhere.tsv",
      })
  void wrongUsageAndBadInputAreTwo(String line, String named) {
    String said = named.equals("MODEL") || named.equals("DATA") ? arguments(named)[0] : named;
    assertThat(fails(2, arguments(line))).contains(said);
    assertNothingWritten();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "explain --model MODEL --method rollout --layer 0 x|--layer: method 'rollout'",
        "explain --model MODEL --method flow --layer 0 x|--layer: method 'flow'",
        "explain --model MODEL --method relevance --layer 0 x|--layer: method 'relevance'",
        "explain --model MODEL --method relevance --head 0 x|--head: method 'relevance'",
        "explain --model MODEL --method occlusion --head 0 x|--head: method 'occlusion'",
        "explain --model MODEL --operator mask x|--operator: method 'attention'",
        "explain --model MODEL --baseline pad x|--baseline: method 'attention'",
        "explain --model MODEL --steps 5 x|--steps: method 'attention'",
        "explain --model MODEL --rule gauss x|--rule: method 'attention'",
        "explain --model MODEL --method input-gradient --steps 5 x|--steps: method 'input-grad",
        "explain --model MODEL --method integrated-gradients --steps 0 x|--steps of rule gauss",
        "explain --model MODEL --method integrated-gradients --steps 1 --rule trapezoid x|--steps",
        "explain --model MODEL --method integrated-gradients --steps x x|--steps",
        "explain --model MODEL --method integrated-gradients --rule simpson x|simpson",
        "explain --model MODEL --method integrated-gradients --baseline zero x|zero",
        "explain --model MODEL --method occlusion --operator drop x|drop",
        "explain --model MODEL --seed x x|--seed",
        "explain --model MODEL --method Lime x|--method: expected one of [attention, rollout",
        "report --model MODEL --out OUT.svg --method rollout --layer 0 x|--layer",
        "report --model MODEL --out OUT.html --steps 3 x|--steps",
      })
  void whatAMethodDoesNotUseIsRefused(String line, String named) {
    assertThat(fails(2, arguments(line))).contains(named);
    assertNothingWritten();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "classify --model nowhere x|nowhere",
        "classify --model DATA x|directory",
        "explain --model nowhere x|nowhere",
        "evaluate --model nowhere --input DATA|nowhere",
        "report --model nowhere --out OUT.svg x|nowhere",
        "explain --model POOLING x|attention",
        "report --model POOLING --out OUT.svg x|attention",
        "report --model POOLING --out OUT.html x|attention",
        "train --recipe keras-attention --train DATA --out OUT --engine tensorflow|tensorflow",
        "classify --model MODEL --device gpu:77 x|gpu:77",
        "export --model nowhere --to torchscript --out OUT.pt|nowhere",
        "export --model DATA --to torchscript --out OUT.pt|directory",
        "export --model MODEL --to torchscript --out OUT --engine tensorflow|but 'pytorch'",
        "export --model MODEL --to savedmodel --out OUT --engine pytorch|but 'tensorflow'",
        "doctor --model nowhere|nowhere",
      })
  void failingModelsAndEnginesAreOne(String line, String named) {
    assertThat(fails(1, arguments(line))).contains(named);
    assertNothingWritten();
  }

  @Test
  void damagedModelsAreOneAndNamed() throws IOException {
    for (String file : List.of("config.json", "model.safetensors", "vocabulary.txt")) {
      Path damaged = Files.createTempDirectory(folder, "damaged");
      try (var files = Files.list(Path.of(model))) {
        for (Path each : files.toList()) {
          Files.copy(each, damaged.resolve(each.getFileName()));
        }
      }
      Files.writeString(damaged.resolve(file), "{\n\"broken");
      assertThat(fails(1, "classify", "--model", damaged.toString(), "x")).contains(file);
      Files.delete(damaged.resolve(file));
      assertThat(fails(1, "classify", "--model", damaged.toString(), "x")).contains(file);
    }
  }

  @Test
  void failureInALaterRowLeavesNothingOnStandardOutput() throws IOException {
    Path input =
        Files.writeString(
            folder.resolve("pair.jsonl"), "{\"text\":\"a\"}\n{\"text\":\"b\",\"pair\":\"c\"}\n");
    assertThat(fails(2, "classify", "--model", model, "--input", input.toString()))
        .contains("pair");
    assertThat(fails(2, "explain", "--model", model, "--input", input.toString())).contains("pair");
    Path labelled = Files.writeString(folder.resolve("pair.csv"), "text,pair,label\na,b,1\nc,,0\n");
    fails(2, "evaluate", "--model", model, "--input", labelled.toString());
    String pairs = folder.resolve("pairs").toString();
    fails(
        2, "train", "--recipe", "keras-attention", "--train", labelled.toString(), "--out", pairs);
  }

  @ParameterizedTest
  @ValueSource(strings = {"two\nlines", "two\r\nlines", "two\rlines", "two\u2028lines", "%d %s"})
  void errorsStayOnOneLineWhateverTheyQuote(String value) {
    String line = fails(2, "explain", "--model", model, "--method", value, "x");
    assertThat(line.strip()).doesNotContain("\n", "\r", "\u2028").contains(value.substring(0, 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "classify --model nowhere --verbose x",
        "classify --verbose --unknown",
        "export --verbose"
      })
  void verboseAddsAStackTrace(String line) {
    CommandRun run = CommandRun.of(arguments(line));
    assertThat(run.code()).isBetween(1, 2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).containsPattern("\tat io\\.github\\.attentive\\.|\tat picocli\\.");
    assertThat(run.err().lines().filter(l -> l.startsWith("attentive: "))).hasSize(1);
  }

  @Test
  void verboseAmongTheTextsIsAText() {
    fails(1, "classify", "--model", "nowhere", "--", "--verbose");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "engines --help",
        "classify --help",
        "explain --help",
        "report --help",
        "train --help",
        "export --help",
        "evaluate --help",
        "doctor --help",
        "demo --help"
      })
  void helpIsAResult(String line) {
    CommandRun run = CommandRun.done(arguments(line));
    assertThat(run.out()).startsWith("Usage: attentive");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void helpListsEveryOptionOfTheContract() {
    List<String> wanted =
        new ArrayList<>(
            List.of(
                "classify --model --input --output --pair",
                "explain --model --input --pair --method --layer --head --target --granularity"
                    + " --special --attention --trust --operator --baseline --steps --rule --seed",
                "report --model --input --out --view --palette --dark --method --layer --head --target",
                "train --recipe --train --out --validation --from --tokenizer --epochs"
                    + " --learning-rate --max-tokens --seed --labels --padding --resume",
                "evaluate --model --input --confusion",
                "export --model --to --out",
                "doctor --model",
                "demo --seeds --out --reviews",
                "engines"));
    String data =
        " --encoding --delimiter --header --text-column --pair-column --label-column --bad-rows"
            + " --map-labels";
    for (int i = 0; i < wanted.size(); i++) {
      if (wanted.get(i).contains("--input") || wanted.get(i).contains("--train")) {
        wanted.set(i, wanted.get(i) + data);
      }
    }
    String common = " --engine --device --max-length --batch-size --threads --format --verbose";
    for (String line : wanted) {
      String[] words = (line + common).split(" ");
      String help = CommandRun.done(words[0], "--help").out();
      assertThat(help).as(words[0]).contains(Arrays.copyOfRange(words, 1, words.length));
    }
  }
}
