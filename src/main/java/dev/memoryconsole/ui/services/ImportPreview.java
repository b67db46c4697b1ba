package dev.memoryconsole.ui.services;

import dev.memoryconsole.exchange.ExchangeException;
import dev.memoryconsole.exchange.Importer;
import dev.memoryconsole.exchange.source.FieldMapping;
import dev.memoryconsole.exchange.source.SourceFormat;
import dev.memoryconsole.exchange.source.Survey;
import dev.memoryconsole.memory.MemoryEntry;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a file holds, before it is imported.
 *
 * @param format whose memories they are
 * @param first the first of them, as they would come in; empty if none would like this
 * @param fields the names of the file's fields; empty if there is nothing to choose among
 * @param chosen which of them is taken for what; empty if none is
 */
public record ImportPreview(
    SourceFormat format,
    List<MemoryEntry> first,
    List<String> fields,
    Map<FieldMapping.Field, String> chosen) {
  private static final int MOST = 3;

  /** Copies what it is given. */
  public ImportPreview {
    first = List.copyOf(first);
    fields = List.copyOf(fields);
    chosen = Map.copyOf(chosen);
  }

  /**
   * Looks into a file. Touches the disk.
   *
   * @param named where the admin says a field is; the others are where they usually are
   * @throws ExchangeException if it can't be read, or holds nothing that could be a memory
   */
  public static ImportPreview of(Path file, Map<FieldMapping.Field, String> named)
      throws InterruptedException {
    Survey survey = Importer.survey(file);
    FieldMapping mapping = survey.mapping(named);
    if (mapping == null) {
      return new ImportPreview(
          survey.format(), Importer.preview(survey, null, MOST), List.of(), Map.of());
    }
    List<String> fields = survey.fields();
    Map<FieldMapping.Field, String> chosen = new EnumMap<>(FieldMapping.Field.class);
    for (FieldMapping.Field field : FieldMapping.Field.values()) {
      chosen.put(
          field, mapping.nameOf(field, survey.sample().stream().map(Survey.Value::json).toList()));
    }
    try {
      return new ImportPreview(
          survey.format(), Importer.preview(survey, mapping, MOST), fields, chosen);
    } catch (ExchangeException e) {
      if (fields.isEmpty()) {
        throw e;
      }
      return new ImportPreview(survey.format(), List.of(), fields, chosen);
    }
  }

  /** Whether they have to be made ours, so that the admin should see how. */
  public boolean isForeign() {
    return format != SourceFormat.PLUGIN;
  }
}
