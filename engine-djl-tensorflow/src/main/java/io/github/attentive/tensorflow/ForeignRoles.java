package io.github.attentive.tensorflow;

import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.runtime.HostArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which outputs of a SavedModel are what: by their shapes for texts of several lengths and by what
 * they hold, never by their order; by their names only where nothing else tells.
 *
 * @param scores the output {@code [batch, classes]}
 * @param classes how many numbers it has
 * @param attentions outputs of attention, one for each layer; none for a model without
 * @param byName whether a name decided
 */
record ForeignRoles(String scores, int classes, List<String> attentions, boolean byName) {
  private static final Pattern OF_SCORES =
      Pattern.compile("pred|scor|logit|prob|class|label|sentiment|target");

  private static final Pattern OF_ATTENTION = Pattern.compile("att|weight|alpha|align|heat");

  /** Takes part in choosing: what was seen, and what is still open. */
  private record Choice(Path file, List<ForeignProbe> probes) {
    private boolean every(Predicate<ForeignProbe> is) {
      return probes.stream().allMatch(is);
    }

    List<String> names() {
      return List.copyOf(probes.get(0).outputs().keySet());
    }

    private boolean isScores(String name) {
      long[] first = probes.get(0).shape(name);
      return (first.length == 1 || first.length == 2)
          && every(probe -> Arrays.equals(probe.shape(name), first))
          && first[0] == 1
          && (first.length == 1 || first[1] > 0);
    }

    private boolean isAttention(String name) {
      return every(probe -> probe.isAttention(name));
    }

    private int axes(String name) {
      return probes.get(0).shape(name).length;
    }

    ModelLoadException unclear(String what, List<String> among) {
      return new ModelLoadException(
          "%s: expected one output %s, got %s of the outputs %s; name it in attentive.json:"
                  .formatted(file, what, among.isEmpty() ? "none" : among, described())
              + " {\"outputs\":{\"scores\":\"...\",\"attention\":\"...\"}}");
    }

    List<String> described() {
      ForeignProbe longest = probes.get(probes.size() - 1);
      Map<String, String> shapes = new LinkedHashMap<>();
      names().forEach(name -> shapes.put(name, Arrays.toString(longest.shape(name))));
      return shapes.entrySet().stream()
          .map(entry -> "'" + entry.getKey() + "' " + entry.getValue())
          .toList();
    }
  }

  /**
   * Finds out.
   *
   * @param file to be named
   * @param probes texts of several lengths, one at a time
   * @param scoresName a name that a file beside gives
   * @param attentionName likewise
   * @throws ModelLoadException if it stays unclear which output holds the scores, or an output that
   *     is named is not what it is said to be
   */
  static ForeignRoles of(
      Path file,
      List<ForeignProbe> probes,
      Optional<String> scoresName,
      Optional<String> attentionName) {
    Choice choice = new Choice(file, probes);
    boolean[] byName = new boolean[1];
    String scores =
        scoresName.isPresent()
            ? named(choice, scoresName.get(), "[batch, classes]", choice::isScores)
            : scores(choice, attentionName, byName);
    List<String> attentions =
        attentionName.isPresent()
            ? List.of(
                named(
                    choice,
                    attentionName.get(),
                    "of attention, rows of which sum to 1",
                    choice::isAttention))
            : attentions(choice, scores);
    long[] shape = probes.get(0).shape(scores);
    return new ForeignRoles(
        scores, shape.length == 1 ? 1 : Math.toIntExact(shape[1]), attentions, byName[0]);
  }

  private static String named(
      Choice choice, String name, String what, Predicate<String> isWhatItShouldBe) {
    if (!choice.names().contains(name) || !isWhatItShouldBe.test(name)) {
      throw choice.unclear(
          what + " of the name '" + name + "'",
          choice.names().stream().filter(isWhatItShouldBe).toList());
    }
    return name;
  }

  private static String scores(Choice choice, Optional<String> attentionName, boolean[] byName) {
    List<String> candidates =
        choice.names().stream()
            .filter(choice::isScores)
            .filter(name -> attentionName.map(other -> !other.equals(name)).orElse(true))
            .toList();
    List<String> sure = candidates.stream().filter(name -> !choice.isAttention(name)).toList();
    List<String> left = sure.isEmpty() ? candidates : sure;
    if (left.size() > 1) {
      List<String> ofAll = left;
      List<String> likely =
          left.stream()
              .filter(name -> matches(OF_SCORES, name) && !matches(OF_ATTENTION, name))
              .toList();
      left =
          likely.size() == 1
              ? likely
              : ofAll.stream().filter(name -> !matches(OF_ATTENTION, name)).toList();
      byName[0] = true;
    }
    if (left.size() != 1) {
      throw choice.unclear("[batch, classes]", left);
    }
    return left.get(0);
  }

  private static boolean matches(Pattern pattern, String name) {
    return pattern.matcher(name.toLowerCase(java.util.Locale.ROOT)).find();
  }

  /** Of outputs with queries and keys those that fit together; else one of a pooling. */
  private static List<String> attentions(Choice choice, String scores) {
    List<String> found =
        choice.names().stream()
            .filter(name -> !name.equals(scores) && choice.isAttention(name))
            .toList();
    List<String> matrices = found.stream().filter(name -> choice.axes(name) > 2).toList();
    List<String> basis = matrices.isEmpty() ? found : matrices;
    List<String> likely = basis.stream().filter(name -> matches(OF_ATTENTION, name)).toList();
    basis = likely.isEmpty() ? basis : likely;
    if (basis.isEmpty()) {
      return List.of();
    }
    ForeignProbe longest = choice.probes().get(choice.probes().size() - 1);
    long[] last = layer(longest, basis.get(basis.size() - 1));
    List<String> fitting = new ArrayList<>();
    for (String name : basis) {
      if (Arrays.equals(layer(longest, name), last)) {
        fitting.add(name);
      }
    }
    // Keras counts its outputs: output_10 comes after output_9.
    fitting.sort(java.util.Comparator.comparingInt(String::length).thenComparing(n -> n));
    return matrices.isEmpty() ? fitting.subList(0, 1) : List.copyOf(fitting);
  }

  private static long[] layer(ForeignProbe probe, String name) {
    HostArray.Floats output = probe.outputs().get(name);
    AttentionLayout layout = AttentionLayout.of(output.shape(), probe.positions());
    return layout == null ? new long[0] : layout.layer(output).shape();
  }
}
