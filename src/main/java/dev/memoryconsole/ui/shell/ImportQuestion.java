package dev.memoryconsole.ui.shell;

import dev.memoryconsole.exchange.source.FieldMapping;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.Titles;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.services.ImportPreview;
import dev.memoryconsole.ui.services.UiServices;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The question before the memories of another tool come in: whose they are, which of the file's
 * fields is what, and how the first of them would look. User interface's thread only.
 */
public final class ImportQuestion {
  /** The fields that the admin may choose. */
  static final List<FieldMapping.Field> CHOICES =
      List.of(
          FieldMapping.Field.TEXT,
          FieldMapping.Field.TIME,
          FieldMapping.Field.CATEGORY,
          FieldMapping.Field.SCOPE);

  private final UiServices services;
  private final Messages messages;
  private final Tasks.Latest previews;
  private final Map<FieldMapping.Field, String> named = new EnumMap<>(FieldMapping.Field.class);
  private final ReadOnlyObjectWrapper<@Nullable Asked> asked = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<@Nullable ImportPreview> preview =
      new ReadOnlyObjectWrapper<>();

  /**
   * What is asked.
   *
   * @param name the file's
   * @param into the sentence about the store they go to; empty if there is none yet
   * @param mayReplace whether rows that are there may be replaced
   */
  record Asked(
      Path file, String name, String into, boolean mayReplace, Consumer<Answer> confirmed) {}

  /**
   * What the admin wants.
   *
   * @param named where the admin says a field is
   * @param replace whether rows that are there are replaced
   */
  record Answer(Map<FieldMapping.Field, String> named, boolean replace) {
    /** For the plugin's own memories. */
    static final Answer AS_IT_IS = new Answer(Map.of(), false);

    Answer {
      named = Map.copyOf(named);
    }
  }

  /** Nothing is asked yet. */
  public ImportQuestion(UiServices services, Tasks tasks, Messages messages) {
    this.services = services;
    this.messages = messages;
    this.previews = tasks.latestLong();
  }

  /** The question on screen; null if there is none. */
  ReadOnlyObjectProperty<@Nullable Asked> asked() {
    return asked.getReadOnlyProperty();
  }

  /** How the memories would come in as things are chosen now; null if nothing is asked. */
  ReadOnlyObjectProperty<@Nullable ImportPreview> preview() {
    return preview.getReadOnlyProperty();
  }

  void ask(Asked question, ImportPreview first) {
    named.clear();
    preview.set(first);
    asked.set(question);
  }

  /** The admin says that a field is under this name; empty for under none. */
  void choose(FieldMapping.Field field, String name) {
    Asked question = asked.get();
    ImportPreview now = preview.get();
    if (question == null
        || now == null
        || name.equals(named.getOrDefault(field, now.chosen().getOrDefault(field, "")))) {
      return;
    }
    named.put(field, name);
    Map<FieldMapping.Field, String> wanted = Map.copyOf(named);
    previews.run(() -> services.previewImport(question.file(), wanted), preview::set);
  }

  /** Whether they can come in as things are chosen now. */
  boolean isGood() {
    ImportPreview now = preview.get();
    return now != null && !now.first().isEmpty() && !previews.isBusy();
  }

  /** The names to choose among for a field; empty stands for none of them. */
  List<String> names(FieldMapping.Field field) {
    ImportPreview now = preview.get();
    List<String> names = new ArrayList<>();
    if (field != FieldMapping.Field.TEXT) {
      names.add("");
    }
    if (now != null) {
      names.addAll(now.fields());
    }
    return names;
  }

  /** Whose memories they are. */
  String whose() {
    ImportPreview now = preview.get();
    return now == null
        ? ""
        : messages.get("import.foreign." + now.format().name().toLowerCase(Locale.ROOT));
  }

  /** How the first of them would come in. */
  String rows() {
    ImportPreview now = preview.get();
    if (now == null) {
      return "";
    }
    if (now.first().isEmpty()) {
      return messages.get("import.noText");
    }
    List<String> rows = new ArrayList<>();
    for (MemoryEntry entry : now.first()) {
      Long time = entry.timestamp();
      rows.add(
          messages.get(
              "import.foreign.row",
              Titles.of(entry.text()),
              String.valueOf(entry.scope()),
              String.valueOf(entry.category()),
              time == null ? messages.get("import.foreign.undated") : day(time)));
    }
    return String.join("\n\n", rows);
  }

  private String day(long millis) {
    return messages
        .numbers()
        .day(LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneId.systemDefault()));
  }

  void confirm(boolean replace) {
    Asked question = asked.get();
    if (question != null && isGood()) {
      Answer answer = new Answer(named, replace);
      dismiss();
      question.confirmed().accept(answer);
    }
  }

  void dismiss() {
    previews.cancel();
    asked.set(null);
    preview.set(null);
  }
}
