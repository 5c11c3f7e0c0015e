package io.github.attentive.samples.cli;

import io.github.attentive.AttentiveException;
import io.github.attentive.InvalidInputException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The command line as a whole: picks the command, turns failures into one line and an exit code.
 */
@Command(
    name = "attentive",
    description = "Text classification that shows what the model looked at.",
    mixinStandardHelpOptions = true,
    version = "attentive 0.1.0-SNAPSHOT",
    synopsisSubcommandLabel = "COMMAND")
public final class AttentiveCommand implements Runnable {
  private static final String VERBOSE = "--verbose";

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  private AttentiveCommand() {}

  /** Without a command there is nothing to do. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "expected a command; see attentive --help");
  }

  /**
   * Runs a command.
   *
   * @param arguments the command and its options
   * @param out for results
   * @param err for everything else
   * @return one of {@link ExitCodes}
   */
  public static int run(String[] arguments, PrintStream out, PrintStream err) {
    Optional<String> undecodable = ArgumentEncoding.complaint(arguments);
    if (undecodable.isPresent()) {
      return fail(err, undecodable.get(), ExitCodes.USAGE);
    }
    Console console = new Console(out, err);
    CommandLine commandLine =
        new CommandLine(new AttentiveCommand())
            .addSubcommand(new EnginesCommand(console))
            .addSubcommand(new ClassifyCommand(console))
            .addSubcommand(new ExplainCommand(console))
            .addSubcommand(new ReportCommand(console))
            .addSubcommand(new TrainCommand(console))
            .addSubcommand(new EvaluateCommand(console))
            .addSubcommand(new DemoCommand(console))
            .addSubcommand(new ExportCommand(console))
            .addSubcommand(new DoctorCommand(console));
    commandLine
        // A text may start with @ and be no file of arguments.
        .setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(false)
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler(
            (e, args) -> {
              traceIfVerbose(Arrays.asList(args), e, err);
              return fail(err, e.getMessage(), ExitCodes.USAGE);
            })
        .setExecutionExceptionHandler((e, command, result) -> fail(e, result, err));
    return commandLine.execute(arguments);
  }

  private static int fail(Exception e, ParseResult result, PrintStream err) {
    traceIfVerbose(result.originalArgs(), e, err);
    if (e instanceof InvalidInputException) {
      return fail(err, e.getMessage(), ExitCodes.USAGE);
    }
    if (e instanceof AttentiveException) {
      return fail(err, e.getMessage(), ExitCodes.FAILED);
    }
    return fail(err, "unexpected failure: " + e + "; see --verbose", ExitCodes.FAILED);
  }

  private static void traceIfVerbose(List<String> arguments, Exception e, PrintStream err) {
    if (arguments.stream().takeWhile(a -> !a.equals("--")).anyMatch(VERBOSE::equals)) {
      e.printStackTrace(err);
    }
  }

  private static int fail(PrintStream err, String message, int code) {
    err.println("attentive: " + String.valueOf(message).strip().replaceAll("\\s*\\R\\s*", "; "));
    return code;
  }
}
