package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** What has to hold for the text of any figure, recomputed from its attributes alone. */
final class TextLayout {
  private TextLayout() {}

  static void assertInsideTheViewBox(Svg svg) {
    String[] box = Documents.viewBox(svg);
    double left = Double.parseDouble(box[0]);
    double top = Double.parseDouble(box[1]);
    double right = left + Double.parseDouble(box[2]);
    double bottom = top + Double.parseDouble(box[3]);
    for (TextBox text : TextBox.all(svg)) {
      assertThat(text.left()).as(text.text()).isGreaterThanOrEqualTo(left);
      assertThat(text.right()).as(text.text()).isLessThanOrEqualTo(right);
      assertThat(text.top()).as(text.text()).isGreaterThanOrEqualTo(top);
      assertThat(text.bottom()).as(text.text()).isLessThanOrEqualTo(bottom);
    }
  }

  static void assertNoneOverAnother(Svg svg) {
    List<TextBox> texts = TextBox.all(svg);
    for (int i = 0; i < texts.size(); i++) {
      for (int k = i + 1; k < texts.size() && k < i + 70; k++) {
        assertThat(texts.get(i).overlaps(texts.get(k)))
            .as(texts.get(i) + " over " + texts.get(k))
            .isFalse();
      }
    }
  }
}
