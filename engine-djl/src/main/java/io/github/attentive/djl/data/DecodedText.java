package io.github.attentive.djl.data;

import io.github.attentive.InvalidInputException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Path;

/**
 * The characters of a file, without its byte order mark. Strict: bytes that mean nothing in the
 * charset, NUL characters and the mark of another charset are refused, by line where there is one.
 */
final class DecodedText implements Closeable {
  private static final int BUFFER = 1 << 13;
  private static final int END = -1;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Path file;
  private final Charset charset;
  private final InputStream stream;
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).flip();
  private final CharBuffer characters = CharBuffer.allocate(BUFFER).flip();
  private boolean streamEnded;
  private boolean ended;

  /** The line that the next undecoded character is in. */
  private long line = 1;

  DecodedText(Path file, Charset charset, InputStream stream) throws IOException {
    this.file = file;
    this.charset = charset;
    this.stream = stream;
    decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    refuseForeignMark();
    if (peek() == BYTE_ORDER_MARK) {
      read();
    }
  }

  /** The next character, or -1 at the end. */
  int read() throws IOException {
    return characters.hasRemaining() || decode() ? characters.get() : END;
  }

  /** The next character, which stays, or -1 at the end. */
  int peek() throws IOException {
    return characters.hasRemaining() || decode() ? characters.get(characters.position()) : END;
  }

  /** What comes before bytes that cannot be decoded is given first, so that its rows are read. */
  private boolean decode() throws IOException {
    characters.clear();
    while (!ended && characters.position() == 0) {
      CoderResult result = decoder.decode(bytes, characters, streamEnded);
      if (characters.position() == 0 && result.isError()) {
        throw undecodable();
      }
      if (characters.position() == 0 && streamEnded) {
        decoder.flush(characters);
        ended = true;
      } else if (result.isUnderflow() && !streamEnded) {
        fill();
      }
    }
    characters.flip();
    for (int i = 0; i < characters.limit(); i++) {
      if (characters.get(i) == '\0') {
        throw new InvalidInputException(
            "%s, line %s: expected text in %s, got a NUL character; is the file binary, or in another encoding?"
                .formatted(file, line, charset.name()));
      }
      line += characters.get(i) == '\n' ? 1 : 0;
    }
    return characters.hasRemaining();
  }

  private void fill() throws IOException {
    bytes.compact();
    int count = stream.read(bytes.array(), bytes.position(), bytes.remaining());
    streamEnded = count < 0;
    bytes.position(bytes.position() + Math.max(0, count)).flip();
  }

  private InvalidInputException undecodable() {
    boolean binary = false;
    for (int i = bytes.position(); i < bytes.limit(); i++) {
      binary |= bytes.get(i) == 0;
    }
    return new InvalidInputException(
        "%s, line %s: is not %s; %s"
            .formatted(
                file,
                line,
                charset.name(),
                binary
                    ? "it has NUL bytes: is it text at all?"
                    : "convert it, or name the encoding it is in"));
  }

  private void refuseForeignMark() throws IOException {
    while (bytes.remaining() < Integer.BYTES && !streamEnded) {
      fill();
    }
    String mark = markedEncoding();
    if (!mark.isEmpty() && !charset.name().startsWith(mark)) {
      throw new InvalidInputException(
          "%s: starts with the byte order mark of %s, which is not %s; name that encoding, or convert it"
              .formatted(file, mark, charset.name()));
    }
  }

  /** The family of charsets whose mark the file starts with, or nothing. */
  private String markedEncoding() {
    int first = bytes.remaining() < Short.BYTES ? 0 : bytes.getShort(0) & 0xFFFF;
    int second = bytes.remaining() < Integer.BYTES ? -1 : bytes.getShort(Short.BYTES) & 0xFFFF;
    boolean wide = charset.name().startsWith("UTF-16");
    if ((first == 0xFFFE && second == 0 && !wide) || (first == 0 && second == 0xFEFF)) {
      return "UTF-32";
    }
    if (first == 0xFFFE || first == 0xFEFF) {
      return "UTF-16";
    }
    boolean three = bytes.remaining() > Short.BYTES && bytes.get(Short.BYTES) == (byte) 0xBF;
    return first == 0xEFBB && three ? "UTF-8" : "";
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
