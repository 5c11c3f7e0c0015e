package io.github.attentive.pytorch;

import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.architecture.ModelFunctions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code forward} of a TorchScript model takes, as its program's text says.
 *
 * @param arguments in order, without {@code self}
 * @param explains whether there is a method {@code explain} of the same arguments, as the files
 *     have that this library writes
 */
record ForwardSignature(List<Argument> arguments, boolean explains) {
  /** The method that every model has. */
  static final String FORWARD = "forward";

  /** The method that gives attention, too, in the files that this library writes. */
  private static final String EXPLAIN = ModelFunctions.EXPLAIN;

  /** In the order in which models take them whose arguments have other names. */
  private static final List<String> INPUTS =
      List.of(
          ModelFunctions.INPUT_IDS, ModelFunctions.ATTENTION_MASK, ModelFunctions.TOKEN_TYPE_IDS);

  /** What classifiers of other kinds, or traced with more of their arguments, take. */
  private static final Pattern NOT_READ =
      Pattern.compile("position|embed|head_mask|label|pixel|cache|past");

  private static final Pattern TYPES = Pattern.compile("type|segment");
  private static final Pattern IDS = Pattern.compile("ids|input|token");

  /**
   * An argument.
   *
   * @param name as in the text
   * @param type as in the text
   * @param optional whether it may be left out
   */
  record Argument(String name, String type, boolean optional) {
    private boolean isTensor() {
      return type.equals("Tensor") || type.equals("Optional[Tensor]");
    }

    private static Argument of(String text) {
      int colon = text.indexOf(':');
      int equals = text.indexOf('=');
      int end = equals < 0 ? text.length() : equals;
      return colon < 0 || colon > end
          ? new Argument(text.substring(0, end).strip(), "Tensor", equals >= 0)
          : new Argument(
              text.substring(0, colon).strip(),
              text.substring(colon + 1, end).strip(),
              equals >= 0);
    }

    @Override
    public String toString() {
      return name + ": " + type;
    }
  }

  /** Finds the method in the text of a class; empty if it has none. */
  static Optional<ForwardSignature> of(String code, String className) {
    Matcher head =
        Pattern.compile("^class " + Pattern.quote(className) + "\\(Module\\):$", Pattern.MULTILINE)
            .matcher(code);
    if (!head.find()) {
      return Optional.empty();
    }
    int end = code.indexOf("\nclass ", head.end());
    String body = code.substring(head.end(), end < 0 ? code.length() : end);
    Optional<List<Argument>> forward = arguments(body, FORWARD);
    return forward.map(
        arguments -> new ForwardSignature(arguments, arguments(body, EXPLAIN).equals(forward)));
  }

  private static Optional<List<Argument>> arguments(String body, String method) {
    String start = "\n  def " + method + "(";
    int from = body.indexOf(start);
    return from < 0
        ? Optional.empty()
        : Optional.of(
            parts(body.substring(from + start.length())).stream()
                .skip(1)
                .map(Argument::of)
                .toList());
  }

  /** The method that gives attention, if any does. */
  String method() {
    return explains ? EXPLAIN : FORWARD;
  }

  /** The parts between commas up to the bracket that closes, and no commas of inner brackets. */
  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '(' || c == '[') {
        depth++;
      } else if (depth > 0 && (c == ')' || c == ']')) {
        depth--;
      } else if (depth == 0 && (c == ',' || c == ')')) {
        parts.add(text.substring(from, i));
        from = i + 1;
        if (c == ')') {
          break;
        }
      }
    }
    return parts;
  }

  /**
   * The inputs that the arguments stand for: by the names the caller gives, else by their own
   * names, else in the usual order. Arguments that may be left out are, from the first that is no
   * input on.
   *
   * @param file to be named
   * @param given names of arguments, by input
   * @return some of {@link ModelFunctions#INPUT_IDS}, {@link ModelFunctions#ATTENTION_MASK}, {@link
   *     ModelFunctions#TOKEN_TYPE_IDS}, in the order of the arguments
   * @throws ModelLoadException if an argument stands for none, or two for the same
   */
  List<String> inputs(Path file, Map<String, String> given) {
    for (String name : given.values()) {
      if (arguments.stream().noneMatch(argument -> argument.name.equals(name))) {
        throw unexpected(file, "an argument '" + name + "' as attentive.json says");
      }
    }
    List<@Nullable String> found = new ArrayList<>();
    for (Argument argument : arguments) {
      String input = named(argument.name, given);
      boolean readable = argument.isTensor() && !notRead(argument.name, given);
      if (argument.optional && (!readable || input == null)) {
        break;
      }
      if (!readable) {
        throw unexpected(file, "none but these, as tensors");
      }
      found.add(input);
    }
    List<String> left = INPUTS.stream().filter(input -> !found.contains(input)).toList();
    int next = 0;
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i) == null) {
        if (next == left.size()) {
          throw unexpected(file, "at most three");
        }
        found.set(i, left.get(next++));
      }
    }
    if (!found.contains(ModelFunctions.INPUT_IDS)
        || found.stream().distinct().count() != found.size()) {
      throw unexpected(file, "each at most once, and input_ids");
    }
    return List.copyOf(found);
  }

  private static boolean notRead(String name, Map<String, String> given) {
    return !given.containsValue(name) && NOT_READ.matcher(name.toLowerCase(Locale.ROOT)).find();
  }

  private static @Nullable String named(String name, Map<String, String> given) {
    for (Map.Entry<String, String> entry : given.entrySet()) {
      if (entry.getValue().equals(name)) {
        return entry.getKey();
      }
    }
    String lower = name.toLowerCase(Locale.ROOT);
    String input =
        lower.contains("mask")
            ? ModelFunctions.ATTENTION_MASK
            : TYPES.matcher(lower).find()
                ? ModelFunctions.TOKEN_TYPE_IDS
                : IDS.matcher(lower).find() ? ModelFunctions.INPUT_IDS : null;
    return input == null || given.containsKey(input) ? null : input;
  }

  private ModelLoadException unexpected(Path file, String expected) {
    return new ModelLoadException(
        "%s: its forward: expected arguments that stand for %s, %s; got (%s)"
                .formatted(
                    file,
                    String.join(", ", INPUTS),
                    expected,
                    arguments.stream().map(Argument::toString).collect(Collectors.joining(", ")))
            + "; trace the model within a module whose forward takes these, or name them in"
            + " attentive.json: {\"inputs\":{\"ids\":\"...\",\"mask\":\"...\",\"types\":\"...\"}}");
  }
}
