package io.github.attentive.samples.demo;

import io.github.attentive.Dataset;
import io.github.attentive.Recipe;

/** The three models of the demo. */
enum Variant {
  /** Ten reviews, ten times over. */
  A("a", "10 reviews x 10, with attention", Recipe.KERAS_ATTENTION),
  /** A hundred reviews. */
  B("b", "100 reviews, with attention", Recipe.KERAS_ATTENTION),
  /** A hundred reviews, and nothing to look at. */
  C("c", "100 reviews, without attention", Recipe.KERAS_POOLING);

  private final String id;
  private final String text;
  private final Recipe recipe;

  Variant(String id, String text, Recipe recipe) {
    this.id = id;
    this.text = text;
    this.recipe = recipe;
  }

  String id() {
    return id;
  }

  Recipe recipe() {
    return recipe;
  }

  boolean attention() {
    return recipe == Recipe.KERAS_ATTENTION;
  }

  Dataset data(Reviews reviews) {
    return this == A ? reviews.small() : reviews.all();
  }

  /** The variant in words, with the number of reviews there really are. */
  String title(Reviews reviews) {
    int size = this == A ? reviews.small().size() / 10 : reviews.all().size();
    return "(" + id + ") " + text.replaceFirst("\\d+", Integer.toString(size));
  }
}
