package io.github.attentive.djl.runtime;

import io.github.attentive.InvalidInputException;
import io.github.attentive.Removal;
import io.github.attentive.TextInput;
import io.github.attentive.djl.architecture.ModelFunctions;
import io.github.attentive.djl.text.EncodedText;
import io.github.attentive.spi.ErasureModel;
import io.github.attentive.spi.ModelOutput;
import io.github.attentive.spi.TokenSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Erasure of tokens before they enter a graph. As thread-safe as the graph. */
final class GraphErasure implements ErasureModel {
  private final TextGraph texts;
  private final HeadReader head;

  GraphErasure(TextGraph texts, HeadReader head) {
    this.texts = texts;
    this.head = head;
  }

  @Override
  public List<ModelOutput> run(TextInput input, List<boolean[]> kept, Removal removal) {
    EncodedText text = texts.encoder().encode(input);
    List<EncodedText> versions =
        kept.stream().map(stays -> version(input, text, stays, removal)).toList();
    ModelOutput[] outputs = new ModelOutput[versions.size()];
    for (int[] batch : texts.batches().of(versions)) {
      List<EncodedText> ofBatch = Arrays.stream(batch).mapToObj(versions::get).toList();
      HostArray.Floats result =
          texts.graph().run(ModelFunctions.CLASSIFY, texts.inputs().of(ofBatch)).get(0);
      for (int i = 0; i < batch.length; i++) {
        outputs[batch[i]] = head.output(ofBatch.get(i), result, i, () -> null, () -> null);
      }
    }
    return List.of(outputs);
  }

  private EncodedText version(TextInput input, EncodedText text, boolean[] stays, Removal removal) {
    if (stays.length != text.length()) {
      throw new InvalidInputException(
          "tokens that stay: expected one entry for each of %s positions of the text, got %s"
              .formatted(text.length(), stays.length));
    }
    BitSet gone = new BitSet();
    boolean any = false;
    for (int i = 0; i < stays.length; i++) {
      boolean isToken = !text.positions().get(i).special();
      gone.set(i, isToken && !stays[i]);
      any |= isToken && stays[i];
    }
    // Before the shortcut: what cannot be asked is refused whatever stays.
    TokenSpan replacement = removal == Removal.DELETE ? null : replacement(removal);
    if (gone.isEmpty()) {
      return text;
    }
    if (replacement == null) {
      return deleted(input, text, gone);
    }
    if (removal == Removal.PAD && !any && !texts.inputs().haveMask()) {
      // Padding alone is no text to a model that knows it by its number: the empty text is.
      return deleted(input, text, gone);
    }
    EncodedText replaced = Replacements.of(text, gone, replacement);
    return removal == Removal.PAD ? replaced.hiding(gone) : replaced;
  }

  private TokenSpan replacement(Removal removal) {
    return removal == Removal.MASK
        ? Replacements.mask("removal", texts)
        : Replacements.padding("removal", texts);
  }

  private EncodedText deleted(TextInput input, EncodedText text, BitSet gone) {
    List<TokenSpan> left = new ArrayList<>();
    long[] types = text.tokenTypes();
    long[] leftTypes = new long[text.length() - gone.cardinality()];
    for (int i = 0; i < text.length(); i++) {
      if (!gone.get(i)) {
        leftTypes[left.size()] = types[i];
        left.add(text.positions().get(i));
      }
    }
    return texts.encoder().completed(input, new EncodedText(left, leftTypes, text.truncated()));
  }
}
