package dev.memoryconsole.upgrade.interleaving;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.upgrade.interleaving.History.Call;
import dev.memoryconsole.upgrade.interleaving.History.Logged;
import dev.memoryconsole.upgrade.interleaving.History.Row;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an upgrade and an undo mean, written down a second time, for the texts of the generator. */
final class Law {
  private static final Pattern CALL = Pattern.compile("call (\\d+)\\b");
  private static final Map<String, String> CATEGORIES =
      Map.of(
          "fact", "cases",
          "preference", "preferences",
          "entity", "entities",
          "decision", "events");

  private Law() {}

  /** The words of a model that fails. */
  static String failure(int call) {
    return "The model failed in call " + call + ".";
  }

  /** What a layer of a model's answer says. */
  static String layer(String name, int call) {
    return name + " of call " + call;
  }

  /** The call whose answer, or whose failure, this metadata tells of. */
  static @Nullable Call callOf(Map<String, JsonNode> metadata, History history) {
    JsonNode told =
        metadata.containsKey("upgrade_error")
            ? metadata.get("upgrade_error")
            : metadata.get("l0_abstract");
    Matcher number = CALL.matcher(told == null ? "" : told.asText());
    return number.find() ? history.calls.get(Integer.valueOf(number.group(1))) : null;
  }

  /** The engine's own keys after an upgrade, all but the marker's time. */
  static Map<String, JsonNode> patchAndMarker(Call call, Row row, Map<String, JsonNode> metadata) {
    Map<String, JsonNode> own = new HashMap<>();
    String category = row.category();
    String mapped = CATEGORIES.getOrDefault(category == null ? "" : category, "patterns");
    if (call.failed()) {
      String firstSentence = call.text().substring(0, call.text().indexOf('.') + 1);
      own.put("l0_abstract", Json.text(firstSentence));
      own.put("l1_overview", Json.text("- " + firstSentence));
      own.put("l2_content", Json.text(call.text()));
      own.put("upgraded_by", Json.text("simple"));
      own.put("upgrade_error", Json.text(failure(call.number())));
    } else {
      own.put("l0_abstract", Json.text(layer("Abstract", call.number())));
      own.put("l1_overview", Json.text(layer("- Overview", call.number())));
      own.put("l2_content", Json.text(layer("Content", call.number())));
      own.put("upgraded_by", Json.text(ScriptedModel.name(call.engine())));
    }
    String chosen = call.failed() || call.category() == null ? mapped : call.category().key();
    own.put("memory_category", Json.text(chosen));
    if (category != null) {
      own.put("upgraded_from", Json.text(category));
    } else if (metadata.containsKey("upgraded_from")) {
      own.put("upgraded_from", Objects.requireNonNull(metadata.get("upgraded_from")));
    }
    String raw = row.metadata();
    if (raw != null && !raw.isEmpty() && Json.object(raw) == null) {
      own.put(Oracle.UNPARSED, Json.text(raw));
    } else if (metadata.containsKey(Oracle.UNPARSED)) {
      own.put(Oracle.UNPARSED, Objects.requireNonNull(metadata.get(Oracle.UNPARSED)));
    }
    return own;
  }

  /** Whether a run may upgrade this row. */
  static boolean isOpen(Row row, RunKind kind, Set<String> scopes) {
    String scope = row.scope();
    if (!scopes.isEmpty() && !scopes.contains(scope == null ? "" : scope)) {
      return false;
    }
    Map<String, JsonNode> object = Json.objectOrEmpty(row.metadata());
    boolean legacy =
        !Objects.equals(row.category(), "reflection") && !object.containsKey("memory_category");
    boolean retryable =
        object.containsKey("upgrade_error")
            || Json.same(object.get("upgraded_by"), Json.text("simple"));
    boolean marked = object.containsKey("upgraded_at") || object.containsKey("upgraded_by");
    boolean stampedByPlugin =
        !Objects.equals(row.category(), "reflection")
            && !retryable
            && !marked
            && Json.same(object.get("source"), Json.text("legacy"));
    return legacy || stampedByPlugin || (kind == RunKind.RETRY && retryable);
  }

  /**
   * What an undo makes of a row.
   *
   * @param whole whether the row is to be what it was before, to the last character of what is no
   *     object
   */
  record Undo(boolean whole, @Nullable String metadata) {}

  /** What an undo of this write makes of the metadata; null if it has nothing to do. */
  static @Nullable Undo undo(Logged write, @Nullable String metadata) {
    String before = Objects.requireNonNull(write.before()).metadata();
    String wrote = Objects.requireNonNull(write.after()).metadata();
    Map<String, JsonNode> now = Json.object(metadata);
    if (Objects.equals(metadata, before)
        || (now == null && metadata != null && !metadata.isBlank())
        || !carriesTheMarkerOf(metadata, before, wrote)) {
      return Objects.equals(metadata, wrote) && !Objects.equals(metadata, before)
          ? new Undo(true, before)
          : null;
    }
    if (Objects.equals(metadata, wrote)) {
      return new Undo(true, before);
    }
    Map<String, JsonNode> was = Json.objectOrEmpty(before);
    Map<String, JsonNode> ours = Json.objectOrEmpty(wrote);
    Map<String, JsonNode> result = now == null ? new LinkedHashMap<>() : now;
    boolean changed = false;
    for (String key : keys(was.keySet(), ours.keySet())) {
      boolean weWroteIt = !Json.same(was.get(key), ours.get(key));
      if (weWroteIt && Json.same(result.get(key), ours.get(key))) {
        changed = true;
        JsonNode earlier = was.get(key);
        if (earlier == null) {
          result.remove(key);
        } else {
          result.put(key, earlier);
        }
      }
    }
    if (!changed) {
      return null;
    }
    boolean keptWhole = before != null && !before.isEmpty() && Json.object(before) == null;
    if (keptWhole && Json.objectOrEmpty(metadata).containsKey(Oracle.UNPARSED)) {
      if (result.isEmpty()) {
        return new Undo(true, before);
      }
      result.put(
          Oracle.UNPARSED,
          Objects.requireNonNull(Json.objectOrEmpty(metadata).get(Oracle.UNPARSED)));
      if (sameObject(metadata, Json.write(result))) {
        // All else was taken back before, or is somebody else's.
        return null;
      }
    }
    boolean hadNone = before == null || before.isBlank();
    return hadNone && result.isEmpty()
        ? new Undo(true, before)
        : new Undo(false, Json.write(result));
  }

  private static boolean carriesTheMarkerOf(
      @Nullable String metadata, @Nullable String before, @Nullable String wrote) {
    Map<String, JsonNode> now = Json.objectOrEmpty(metadata);
    Map<String, JsonNode> then = Json.objectOrEmpty(wrote);
    if (!Json.same(Json.objectOrEmpty(before).get("mended_at"), then.get("mended_at"))) {
      return Json.same(now.get("mended_at"), then.get("mended_at"));
    }
    return Json.same(now.get("upgraded_at"), then.get("upgraded_at"))
        && Json.same(now.get("upgraded_by"), then.get("upgraded_by"));
  }

  static boolean sameObject(@Nullable String one, @Nullable String other) {
    Map<String, JsonNode> first = Json.objectOrEmpty(one);
    Map<String, JsonNode> second = Json.objectOrEmpty(other);
    return keys(first.keySet(), second.keySet()).stream()
        .allMatch(key -> Json.same(first.get(key), second.get(key)));
  }

  static Set<String> keys(Set<String> some, Set<String> others) {
    Set<String> keys = new TreeSet<>(some);
    keys.addAll(others);
    return keys;
  }
}
