package io.github.attentive.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.Trainer;
import io.github.attentive.djl.contract.ChildJvm;
import io.github.attentive.djl.contract.RepeatedCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What holds for a whole process: no network, and native memory that goes back. */
class ProcessTest {
  @TempDir Path folder;

  private Path trained(int length) {
    Path model = folder.resolve("model");
    Trainer.train(Reviews.attention(1).maxLength(length).build(), Reviews.small(), model);
    return model;
  }

  @Test
  void nothingAsksTheNetwork() throws Exception {
    List<String> lines = new ChildJvm(OfflineMain.class, folder).run(trained(5).toString()).out();
    assertThat(lines).hasSize(5);
    assertThat(lines.get(0)).matches("label (negative|positive)");
    assertThat(lines.subList(1, 5))
        .containsExactly("words 4", "offline true", "tracking off true", "asked []");
  }

  @Test
  void theHostsOwnSwitchIsLeft() throws Exception {
    List<String> lines =
        new ChildJvm(OfflineMain.class, folder)
            .options(List.of("-Dai.djl.offline=false", "-DOPT_OUT_TRACKING=true"))
            .run(trained(5).toString())
            .out();
    assertThat(lines).contains("offline false", "words 4");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void thousandsOfCallsLeaveNothingBehind() throws IOException, InterruptedException {
    Map<String, long[]> held = new HashMap<>();
    List<String> lines =
        new ChildJvm(LeakMain.class, folder)
            .options(RepeatedCalls.FIXED_HEAP)
            .run(trained(RepeatedCalls.LENGTH).toString())
            .out();
    for (String line : lines) {
      String[] fields = line.split(" ");
      held.put(fields[0], new long[] {Long.parseLong(fields[1]), Long.parseLong(fields[2])});
    }
    assertThat(held).containsOnlyKeys("before", "after", "closed", "trained");
    assertThat(held.get("after")[0]).as("resources").isEqualTo(held.get("before")[0]);
    assertThat(held.get("closed")[0]).as("resources").isLessThan(held.get("before")[0]);
    assertThat(held.get("trained")[0]).as("resources").isEqualTo(held.get("closed")[0]);
    assertThat(held.get("after")[1] - held.get("before")[1])
        .as("MB")
        .isLessThan(RepeatedCalls.MEGABYTES);
  }
}
