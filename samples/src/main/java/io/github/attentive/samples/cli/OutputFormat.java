package io.github.attentive.samples.cli;

/** How results are written; the names are those of the command line. */
enum OutputFormat {
  text,
  json
}
