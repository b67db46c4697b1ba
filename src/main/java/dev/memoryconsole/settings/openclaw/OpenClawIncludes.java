package dev.memoryconsole.settings.openclaw;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.message.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts the files that OpenClaw's configuration names by {@code $include} in their place, by
 * OpenClaw's rules: ten levels at most, 2 MB for each file, no cycles, nothing outside the folder
 * of the configuration, whatever links say. Objects are merged deeply, arrays are joined, and keys
 * beside {@code $include} win.
 *
 * <p>For one reading; not safe for use by many threads.
 */
final class OpenClawIncludes {
  /** Reads one file. */
  @FunctionalInterface
  interface Parser {
    /** Its JSON5; fails with one sentence. */
    JsonNode parse(Path file, long largest) throws IOException;
  }

  private static final String INCLUDE = "$include";
  private static final int DEEPEST = 10;
  private static final long LARGEST = 2L * 1024 * 1024;

  // Files may be included many times over without a cycle: what that comes to is bounded too.
  private static final int MOST_FILES = 1_000;
  private static final long MOST_BYTES = 10 * LARGEST;

  private final Path folder;
  private final Parser parser;
  private final Set<Path> open = new LinkedHashSet<>();
  private int files;
  private long bytes;

  private OpenClawIncludes(Path folder, Parser parser) {
    this.folder = folder;
    this.parser = parser;
  }

  /**
   * The configuration with all that it includes.
   *
   * @param root what {@code file} holds
   * @throws IOException if a rule is broken or a file can't be read; the message is one sentence
   */
  static JsonNode resolve(JsonNode root, Path file, Parser parser) throws IOException {
    Path real = file.toRealPath();
    // The folder of the configuration as it is named, not of what a link to it names.
    Path folder = file.toAbsolutePath().resolveSibling("").toRealPath();
    OpenClawIncludes includes = new OpenClawIncludes(folder, parser);
    includes.open.add(real);
    return includes.resolve(root, folder);
  }

  private JsonNode resolve(JsonNode node, Path from) throws IOException {
    if (node instanceof ArrayNode array) {
      ArrayNode resolved = array.arrayNode();
      for (JsonNode item : array) {
        resolved.add(resolve(item, from));
      }
      return resolved;
    }
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    ObjectNode siblings = object.objectNode();
    for (var field : object.properties()) {
      if (!field.getKey().equals(INCLUDE)) {
        siblings.set(field.getKey(), resolve(field.getValue(), from));
      }
    }
    JsonNode include = object.get(INCLUDE);
    if (include == null) {
      return siblings;
    }
    JsonNode included = null;
    for (String name : names(include)) {
      JsonNode next = read(name, from);
      included = included == null ? next : merge(included, next);
    }
    if (included == null || siblings.isEmpty()) {
      return included == null ? siblings : included;
    }
    if (!included.isObject()) {
      throw refused(OpenClawCode.KEYS_BESIDE_INCLUDE.with());
    }
    return merge(included, siblings);
  }

  private static List<String> names(JsonNode include) throws IOException {
    List<String> names = new ArrayList<>();
    if (include.isTextual()) {
      names.add(include.textValue());
      return names;
    }
    if (!include.isArray()) {
      throw refused(OpenClawCode.INCLUDE_NAMES_NO_FILE.with());
    }
    for (JsonNode name : include) {
      if (!name.isTextual()) {
        throw refused(OpenClawCode.INCLUDE_NAMES_NO_FILE.with());
      }
      names.add(name.textValue());
    }
    return names;
  }

  private JsonNode read(String name, Path from) throws IOException {
    Path real = inside(name, from);
    if (open.contains(real)) {
      throw refused(OpenClawCode.INCLUDES_IN_A_CIRCLE.with(real));
    }
    if (open.size() > DEEPEST) {
      throw refused(OpenClawCode.INCLUDES_TOO_DEEP.with(DEEPEST));
    }
    files++;
    bytes += Files.size(real);
    if (files > MOST_FILES || bytes > MOST_BYTES) {
      throw refused(OpenClawCode.INCLUDES_TOO_MUCH.with());
    }
    open.add(real);
    JsonNode resolved =
        resolve(parser.parse(real, LARGEST), real.resolveSibling("").toAbsolutePath());
    open.remove(real);
    return resolved;
  }

  private Path inside(String name, Path from) throws IOException {
    Path named;
    try {
      named = from.resolve(name).normalize();
    } catch (InvalidPathException e) {
      throw refused(OpenClawCode.INCLUDE_NAMES_NO_FILE.with());
    }
    if (!named.startsWith(folder)) {
      throw refused(OpenClawCode.INCLUDES_OUTSIDE.with(named));
    }
    if (!Files.isRegularFile(named)) {
      throw refused(OpenClawCode.INCLUDES_MISSING.with(named));
    }
    Path real = named.toRealPath();
    if (!real.startsWith(folder)) {
      throw refused(OpenClawCode.INCLUDES_LINK_OUT.with(named));
    }
    return real;
  }

  private static JsonNode merge(JsonNode below, JsonNode above) {
    if (below instanceof ArrayNode first && above instanceof ArrayNode second) {
      return first.arrayNode().addAll(first).addAll(second);
    }
    if (below instanceof ObjectNode first && above instanceof ObjectNode second) {
      ObjectNode merged = first.objectNode();
      merged.setAll(first);
      for (var field : second.properties()) {
        JsonNode old = merged.get(field.getKey());
        merged.set(field.getKey(), old == null ? field.getValue() : merge(old, field.getValue()));
      }
      return merged;
    }
    return above;
  }

  private static IOException refused(Message reason) {
    return new OpenClawException(reason, null);
  }
}
