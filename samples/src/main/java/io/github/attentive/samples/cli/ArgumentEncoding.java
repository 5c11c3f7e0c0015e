package io.github.attentive.samples.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether the arguments arrived as they were typed. Java decodes them by the locale before this
 * program starts; where that is not UTF-8, characters outside ASCII are lost.
 */
final class ArgumentEncoding {
  private static final char REPLACEMENT = '\uFFFD';

  /** Where Linux shows the arguments as bytes. */
  private static final Path RAW_ARGUMENTS = Path.of("/proc/self/cmdline");

  private ArgumentEncoding() {}

  /** What is wrong with the arguments, if anything. */
  static Optional<String> complaint(String[] arguments) {
    String encoding = System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name());
    boolean utf8 = encoding.toUpperCase(Locale.ROOT).replace("-", "").equals("UTF8");
    for (int i = 0; i < arguments.length; i++) {
      if (!utf8 && arguments[i].chars().anyMatch(c -> c > 0x7f)) {
        return Optional.of(
            "argument %s has characters outside ASCII, but the locale's encoding is %s; use a UTF-8"
                    .formatted(i + 1, encoding)
                + " locale, for instance LC_ALL=C.UTF-8, or --input FILE");
      }
      if (arguments[i].indexOf(REPLACEMENT) >= 0 && !rawArgumentsAreUtf8()) {
        return Optional.of(
            "argument %s is not valid UTF-8; expected text in the locale's encoding"
                .formatted(i + 1));
      }
    }
    return Optional.empty();
  }

  /** A replacement character may have been typed; only the bytes tell. */
  private static boolean rawArgumentsAreUtf8() {
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Files.readAllBytes(RAW_ARGUMENTS)));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    } catch (IOException e) {
      // Not Linux: there is no second opinion.
      return true;
    }
  }
}
