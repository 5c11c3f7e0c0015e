package io.github.attentive.samples;

import io.github.attentive.samples.cli.AttentiveCommand;
import io.github.attentive.samples.cli.ExitCodes;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The command line. Results go to standard output, everything else to standard error, both UTF-8
 * whatever the locale; the exit code is one of {@link ExitCodes}.
 */
public final class Main {
  private Main() {}

  /**
   * Runs a command and ends the process with its exit code.
   *
   * @param arguments the command and its options
   */
  public static void main(String[] arguments) {
    configureLogging(arguments);
    PrintStream out = utf8(FileDescriptor.out);
    PrintStream err = utf8(FileDescriptor.err);
    int code = AttentiveCommand.run(arguments, out, err);
    if (out.checkError() && code == ExitCodes.DONE) {
      err.println("attentive: standard output cannot be written");
      code = ExitCodes.FAILED;
    }
    err.flush();
    System.exit(code);
  }

  /**
   * Before the first logger exists: an error is one line, so libraries are heard only on request,
   * and never among the results. System properties win over the {@code simplelogger.properties}
   * that a library may bring; the reader of HDF5 has one, and it logs to the standard output.
   */
  private static void configureLogging(String[] arguments) {
    boolean verbose =
        Arrays.stream(arguments).takeWhile(a -> !a.equals("--")).anyMatch("--verbose"::equals);
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", verbose ? "debug" : "off");
    System.setProperty("org.slf4j.simpleLogger.logFile", "System.err");
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }
}
