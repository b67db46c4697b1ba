package dev.memoryconsole.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** In which language a model's answer may be. */
public enum AnswerLanguage {
  /** In the memory's; anything else is no answer. */
  MEMORY,
  /** In any, for models that can only do one. */
  ANY;

  /** Of its name in a file, which may hold anything: what is unknown is the default. */
  @JsonCreator
  static AnswerLanguage ofName(@Nullable String name) {
    return name != null && name.toUpperCase(Locale.ROOT).equals(ANY.name()) ? ANY : MEMORY;
  }
}
