package io.github.attentive.djl.checkpoint;

import io.github.attentive.ModelLoadException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The index of weights in several files: {@code {"metadata": {...}, "weight_map": {"tensor":
 * "file", ...}}}.
 */
final class ShardIndex {
  private static final String WEIGHT_MAP = "weight_map";
  private static final int MAX_NAME = 255;
  private static final int SHOWN = 20;

  /** A name without separators of any system, and not that of the directory itself. */
  private static final Pattern PLAIN_NAME = Pattern.compile("[^/\\\\:\\p{Cntrl}]+\\.safetensors");

  private final Path index;

  private ShardIndex(Path index) {
    this.index = index;
  }

  /** All tensors of the files: first those of the index, then what else the files have. */
  static Map<String, StoredTensor> read(Path index) {
    JsonFile weightMap = JsonFile.read(index).object(WEIGHT_MAP);
    return new ShardIndex(index).read(weightMap);
  }

  private Map<String, StoredTensor> read(JsonFile weightMap) {
    Map<String, Path> files = new LinkedHashMap<>();
    for (String name : weightMap.names()) {
      files.computeIfAbsent(weightMap.string(name), file -> shard(weightMap, name, file));
    }
    if (files.isEmpty()) {
      throw new ModelLoadException(index + ": field 'weight_map': expected tensors, got none");
    }
    checkAllAreThere(files);
    Map<String, Map<String, StoredTensor>> shards = new LinkedHashMap<>();
    files.forEach((name, file) -> shards.put(name, Safetensors.read(file)));
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    for (String name : weightMap.names()) {
      String file = weightMap.string(name);
      StoredTensor tensor = shards.get(file).get(name);
      if (tensor == null) {
        throw weightMap.unexpected(name, "a file that has this tensor");
      }
      tensors.put(name, tensor);
    }
    shards.values().forEach(shard -> addUnmapped(shard, tensors, weightMap));
    return Collections.unmodifiableMap(tensors);
  }

  private Path shard(JsonFile weightMap, String tensor, String file) {
    if (file.length() > MAX_NAME || !PLAIN_NAME.matcher(file).matches()) {
      throw weightMap.unexpected(tensor, "the name of a .safetensors file beside the index");
    }
    try {
      return index.resolveSibling(file);
    } catch (InvalidPathException e) {
      throw weightMap.unexpected(tensor, "a name that a file of this system can have");
    }
  }

  private void checkAllAreThere(Map<String, Path> files) {
    List<String> missing =
        files.keySet().stream().filter(name -> !Files.isRegularFile(files.get(name))).toList();
    if (!missing.isEmpty()) {
      throw new ModelLoadException(
          "%s: expected %s files beside it, of which %s are missing: %s%s; fetch them too"
              .formatted(
                  index,
                  files.size(),
                  missing.size(),
                  missing.stream().limit(SHOWN).collect(Collectors.joining(", ")),
                  missing.size() > SHOWN ? " and more" : ""));
    }
  }

  /** The index decides between two tensors of one name; without it nothing does. */
  private void addUnmapped(
      Map<String, StoredTensor> shard, Map<String, StoredTensor> tensors, JsonFile weightMap) {
    shard.forEach(
        (name, tensor) -> {
          StoredTensor other = tensors.putIfAbsent(name, tensor);
          if (other != null && !weightMap.has(name)) {
            throw new ModelLoadException(
                "%s: tensor '%s': expected in one file, got it in %s and %s, and not in %s"
                    .formatted(
                        index,
                        name,
                        other.file().getFileName(),
                        tensor.file().getFileName(),
                        WEIGHT_MAP));
          }
        });
  }
}
