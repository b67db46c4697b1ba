package dev.memoryconsole.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The languages a model's answer may be in. */
public enum AnswerLanguage {
  /** The memory's own; anything else is no answer. */
  MEMORY,
  /** Any, for models that can only do one. */
  ANY;

  /** Reads its name in a file, which may hold anything: what is unknown is the default. */
  @JsonCreator
  static AnswerLanguage ofName(@Nullable String name) {
    return name != null && name.toUpperCase(Locale.ROOT).equals(ANY.name()) ? ANY : MEMORY;
  }
}
