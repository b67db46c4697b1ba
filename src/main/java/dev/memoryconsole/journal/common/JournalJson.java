package dev.memoryconsole.journal.common;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoryconsole.enrich.ModelUsage;
import dev.memoryconsole.journal.JournalCode;
import dev.memoryconsole.journal.JournalException;
import dev.memoryconsole.lock.figures.LockSummary;
import java.util.Collection;
import java.util.List;

/** The journal's small JSON columns. */
public final class JournalJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final TypeReference<List<String>> STRINGS = new TypeReference<>() {};

  private JournalJson() {}

  public static String strings(Collection<String> strings) {
    return write(strings);
  }

  public static List<String> strings(String json) {
    try {
      return MAPPER.readValue(json, STRINGS);
    } catch (JsonProcessingException e) {
      throw new JournalException(JournalCode.LIST_UNREADABLE.with(), e);
    }
  }

  public static String lock(LockSummary lock) {
    return write(lock);
  }

  public static LockSummary lock(String json) {
    try {
      return json.isEmpty() ? LockSummary.NONE : MAPPER.readValue(json, LockSummary.class);
    } catch (JsonProcessingException e) {
      throw new JournalException(JournalCode.LOCK_FIGURES_UNREADABLE.with(), e);
    }
  }

  public static String usage(ModelUsage usage) {
    return write(usage);
  }

  public static ModelUsage usage(String json) {
    try {
      return json.isEmpty() ? ModelUsage.NONE : MAPPER.readValue(json, ModelUsage.class);
    } catch (JsonProcessingException e) {
      throw new JournalException(JournalCode.MODEL_FIGURES_UNREADABLE.with(), e);
    }
  }

  private static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Strings and numbers can always be written.", e);
    }
  }
}
