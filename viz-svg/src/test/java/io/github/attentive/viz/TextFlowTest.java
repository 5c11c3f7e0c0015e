package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TextFlowTest {
  private static final double SIZE = 15;

  private static List<String> lines(TextFlow flow) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < flow.lines(); i++) {
      int line = i;
      lines.add(
          String.join(
              "|",
              flow.pieces().stream()
                  .filter(piece -> piece.line() == line)
                  .map(TextFlow.Piece::text)
                  .toList()));
    }
    return lines;
  }

  private static TextFlow flow(String text, double width, int... spans) {
    List<Passage.Span> all = new ArrayList<>();
    for (int i = 0; i < spans.length; i += 2) {
      all.add(new Passage.Span(spans[i], spans[i + 1], 1));
    }
    return new TextFlow(text, WeightBox.of(text, all), SIZE, width);
  }

  @Test
  void linesAreAsFullAsTheyCanBe() {
    double width = TextMetrics.width("one two", SIZE);
    assertThat(lines(flow("one two three four", width + 1)))
        .containsExactly("one two", "three", "four");
    assertThat(lines(flow("one two three four", width - 1)).get(0)).isEqualTo("one");
  }

  @Test
  void spacesAndLineBreaksAreThoseOfTheText() {
    TextFlow flow = flow("a  b\n\n c\r\nd", 500);
    assertThat(lines(flow)).containsExactly("a  b", "", "c", "d");
    assertThat(flow.returns()).hasSize(3);
    double space = TextMetrics.width(" ", SIZE);
    assertThat(flow.pieces().get(1).from()).isEqualTo(space);
  }

  @Test
  void spaceAtTheEndOfALineHangsOverIt() {
    double width = TextMetrics.width("one", SIZE);
    assertThat(lines(flow("one     two", width + 3))).containsExactly("one", "two");
  }

  @Test
  void aWordThatIsTooWideBreaksAtAClusterOnly() {
    String family = "👩‍👩‍👧";
    TextFlow flow = flow(family.repeat(5), TextMetrics.width(family, SIZE) * 2 + 1);
    assertThat(lines(flow)).containsExactly(family.repeat(2), family.repeat(2), family);
  }

  @Test
  void aWordThatIsTooWideBreaksAtABoxIfItCan() {
    double width = TextMetrics.width("abcdef", SIZE);
    assertThat(lines(flow("abcdghij", width, 0, 4, 4, 8))).containsExactly("abcd", "ghij");
  }

  @Test
  void textWithoutSpacesBreaksAnywhereButBeforeItsFullStop() {
    TextFlow flow = flow("退屈だった。", TextMetrics.width("退屈だった", SIZE) + 1);
    assertThat(lines(flow)).containsExactly("退屈だっ", "た。");
  }

  @Test
  void whiteSpaceInAWordsSpanHasNoPartInItsBox() {
    assertThat(
            WeightBox.of(" not bad", List.of(new Passage.Span(0, 4, 1), new Passage.Span(4, 8, 2))))
        .extracting(WeightBox::start, WeightBox::end)
        .containsExactly(tuple(1, 4), tuple(5, 8));
  }

  @Test
  void partsOfACharacterShareABox() {
    String text = "a🇩🇪b";
    List<WeightBox> boxes =
        WeightBox.of(
            text,
            List.of(
                new Passage.Span(1, 3, 0.25),
                new Passage.Span(3, 5, 0.5),
                new Passage.Span(5, 6, 1)));
    assertThat(boxes).containsExactly(new WeightBox(1, 5, 0.75, 2), new WeightBox(5, 6, 1, 1));
  }

  @Test
  void boxesOfWhiteSpaceAreSeen() {
    assertThat(lines(flow("  \n", 100, 0, 2, 2, 3))).containsExactly("␣␣|↵", "");
  }

  /** Whatever the text: nothing is lost, nothing is out of line, nothing lies on another. */
  @Test
  void anyTextIsSetCompletelyAndInOrder() {
    Random random = new Random(42);
    String[] parts = {
      "word", " ", "  ", "\n", "退屈", "、", "👩‍👩‍👧", "e\u0301", "أحب", "\t", "-", "x".repeat(30)
    };
    for (int round = 0; round < 300; round++) {
      StringBuilder text = new StringBuilder();
      List<Passage.Span> spans = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        String part = parts[random.nextInt(parts.length)];
        if (random.nextBoolean()) {
          int end = text.length() + part.length();
          spans.add(new Passage.Span(text.length(), end, random.nextBoolean() ? -1 : 1));
        }
        text.append(part);
      }
      double width = 20 + random.nextInt(300);
      List<WeightBox> boxes = WeightBox.of(text.toString(), spans);
      TextFlow flow = new TextFlow(text.toString(), boxes, SIZE, width);
      StringBuilder set = new StringBuilder();
      TextFlow.Piece previous = null;
      for (TextFlow.Piece piece : flow.pieces()) {
        set.append(piece.text());
        assertThat(piece.to() - piece.from())
            .isCloseTo(TextMetrics.width(piece.text(), SIZE), Offset.offset(4.2));
        if (previous != null && previous.line() == piece.line()) {
          assertThat(piece.from()).isGreaterThanOrEqualTo(previous.to() - 1e-9);
        } else if (previous != null) {
          assertThat(piece.line()).isGreaterThan(previous.line());
        }
        boolean oneCluster = Graphemes.of(piece.text()).size() == 1;
        assertThat(oneCluster || piece.to() <= width + 1e-9).as(piece.toString()).isTrue();
        previous = piece;
      }
      assertThat(set.toString().replaceAll("[\\s␣↵]", ""))
          .isEqualTo(text.toString().replaceAll("\\s", ""));
    }
  }
}
