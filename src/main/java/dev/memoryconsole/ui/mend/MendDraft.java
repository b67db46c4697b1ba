package dev.memoryconsole.ui.mend;

import dev.memoryconsole.mend.FieldChanges;
import dev.memoryconsole.mend.MendException;
import dev.memoryconsole.mend.MendField;
import dev.memoryconsole.message.Message;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What is typed of what is to be set. Immutable.
 *
 * @param typed by field; a field that is not in it stays as it is
 */
record MendDraft(Map<MendField, String> typed) {
  static final MendDraft NOTHING = new MendDraft(Map.of());

  MendDraft {
    Map<MendField, String> copy = new EnumMap<>(MendField.class);
    typed.forEach(
        (field, text) -> {
          if (!text.isBlank()) {
            copy.put(field, text);
          }
        });
    typed = Collections.unmodifiableMap(copy);
  }

  static MendDraft of(FieldChanges changes) {
    Map<MendField, String> typed = new EnumMap<>(MendField.class);
    changes.values().forEach((field, value) -> typed.put(field, value.toString()));
    return new MendDraft(typed);
  }

  MendDraft with(MendField field, String text) {
    Map<MendField, String> changed = new EnumMap<>(MendField.class);
    changed.putAll(typed);
    changed.put(field, text);
    return new MendDraft(changed);
  }

  String text(MendField field) {
    return typed.getOrDefault(field, "");
  }

  /**
   * What it means.
   *
   * @throws MendException if it means nothing
   */
  FieldChanges changes() {
    Map<MendField, Object> values = new EnumMap<>(MendField.class);
    typed.forEach((field, text) -> values.put(field, field.parse(text)));
    return new FieldChanges(values);
  }

  /** What is wrong with it, one sentence; empty if nothing is. */
  Message problem() {
    try {
      changes();
      return Message.NONE;
    } catch (MendException e) {
      return e.message();
    }
  }
}
