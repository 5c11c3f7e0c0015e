package io.github.attentive.djl.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.ModelLoadException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Texts in place of files, lists of objects, and values of any kind. */
class JsonFileElementsTest extends JsonFileCase {
  private JsonFile of(String text) {
    return JsonFile.of(file, text);
  }

  @Test
  void textsAreReadAsFilesAre() {
    JsonFile json = of("{\"a\":{\"n\":3}}");
    assertThat(json.file()).isEqualTo(file);
    assertThat(json.object("a").positive("n")).isEqualTo(3);
    for (String text : List.of("", "[1]", "7", "{", "{}{}", "{\"a\":1,\"a\":2}", "{\"a\":NaN}")) {
      assertRefused(() -> of(text));
    }
    assertRefused(() -> of("{\"a\":" + "[".repeat(70) + "]".repeat(70) + "}"), "at most 64 deep");
    assertRefused(
        () -> of("{\"a\":[" + "0,".repeat(250_000) + "0]}"), "expected at most 250000 values");
  }

  @Test
  void listsOfObjectsKnowTheirPlace() {
    JsonFile json = of("{\"o\":{\"l\":[{\"k\":1},{\"k\":[{\"deep\":\"x\"}]}],\"none\":[]}}");
    List<JsonFile> objects = json.object("o").objects("l");
    assertThat(objects).hasSize(2);
    assertThat(objects.get(0).positive("k")).isEqualTo(1);
    assertThat(json.object("o").objects("none")).isEmpty();
    assertThatThrownBy(() -> objects.get(1).objects("k").get(0).positive("deep"))
        .isInstanceOf(ModelLoadException.class)
        .hasMessage(
            file + ": field 'o.l[1].k[0].deep': expected a whole number of at least 1, got \"x\"");
  }

  @Test
  void whatIsNoListOfObjects() {
    JsonFile json = of("{\"o\":{\"mixed\":[{},7],\"object\":{},\"null\":null}}").object("o");
    assertThatThrownBy(() -> json.objects("mixed"))
        .isInstanceOf(ModelLoadException.class)
        .hasMessage(file + ": field 'o.mixed[1]': expected an object, got 7");
    assertThatThrownBy(() -> json.objects("object"))
        .isInstanceOf(ModelLoadException.class)
        .hasMessage(file + ": field 'o.object': expected a list of objects, got {}");
    assertThatThrownBy(() -> json.objects("null"))
        .isInstanceOf(ModelLoadException.class)
        .hasMessage(file + ": field 'o.null': expected a list of objects, got null");
    assertThatThrownBy(() -> json.objects("none"))
        .isInstanceOf(ModelLoadException.class)
        .hasMessage(file + ": field 'o.none': expected a list of objects, got nothing");
  }

  @Test
  void elementsAreOfAnyKind() {
    JsonFile json = of("{\"n\":1.5,\"l\":[true],\"null\":null}");
    assertThat(json.element("n").getAsDouble()).isEqualTo(1.5);
    assertThat(json.element("l").toString()).isEqualTo("[true]");
    assertThat(json.element("null").isJsonNull()).isTrue();
    assertThat(json.element("none")).isNull();
  }
}
