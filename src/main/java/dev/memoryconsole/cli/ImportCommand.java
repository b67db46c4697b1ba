package dev.memoryconsole.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.exchange.ImportReport;
import dev.memoryconsole.exchange.Importer;
import dev.memoryconsole.exchange.source.FieldMapping;
import dev.memoryconsole.exchange.source.SourceFormat;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.Titles;
import dev.memoryconsole.store.ExistingRows;
import dev.memoryconsole.upgrade.Upgrades;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code memory-console import STORE FILE}. */
@Command(
    name = "import",
    description =
        "Imports the plugin's export (JSON) or backup (JSON lines), or with --from the memories of"
            + " another tool; makes the store if need be.")
final class ImportCommand extends StoreCommand {
  private static final int PREVIEWED = 10;

  @Parameters(index = "1", paramLabel = "FILE", description = "The file to import.")
  private Path file;

  @Option(
      names = "--replace",
      description = "Replace rows whose id is there already, instead of skipping them.")
  private boolean replace;

  @Option(
      names = "--from",
      paramLabel = "TOOL",
      description =
          "Import another tool's memories: ${COMPLETION-CANDIDATES}; auto finds out which.")
  private @Nullable Origin from;

  @Option(
      names = "--map",
      paramLabel = "FIELD=NAME",
      description =
          "Where the file keeps a field (text, id, time, category or scope), for example --map"
              + " text=note --map time=meta.created; repeatable. Everything else is kept in the"
              + " metadata under \"imported\".")
  private Map<FieldMapping.Field, String> map = Map.of();

  @Option(
      names = "--preview",
      description = "Show how the first memories would come in; nothing is imported.")
  private boolean preview;

  /** Where the memories come from. */
  enum Origin {
    AUTO,
    PLUGIN,
    MEM0,
    CHATGPT,
    CLAUDE,
    PLAIN
  }

  @Override
  @Nullable Integer withoutStore() throws InterruptedException {
    if (!preview) {
      return null;
    }
    SourceFormat found = Importer.survey(file).format();
    List<MemoryEntry> entries =
        Importer.preview(file, mapping(from == null ? Origin.AUTO : from), PREVIEWED);
    if (isJson()) {
      ObjectNode document =
          Json.object().put("format", Json.word(found)).put("foreign", found.isForeign());
      ArrayNode shown = document.putArray("entries");
      entries.forEach(entry -> shown.add(Json.entry(entry)));
      print(document);
    } else {
      for (MemoryEntry entry : entries) {
        Long time = entry.timestamp();
        out()
            .printf(
                "%-36s  %-20s  %-10s  %-14s  %s%n",
                entry.id(),
                time == null ? "(no time)" : Instant.ofEpochMilli(time),
                Objects.requireNonNullElse(entry.category(), ""),
                Objects.requireNonNullElse(entry.scope(), ""),
                Titles.of(entry.text()));
      }
      out()
          .printf(
              "%s holds %s; these are the first %d as they would come in. Nothing was imported.%n",
              file, found.words(), entries.size());
    }
    return MemoryConsole.DONE;
  }

  @Override
  Upgrades open(Services services) throws InterruptedException {
    Importer.check(file, mapping(from));
    return services.openOrCreate(store(), parent().workspace());
  }

  /** How the file's fields become ours; null where they are ours. */
  private @Nullable FieldMapping mapping(@Nullable Origin origin) throws InterruptedException {
    if ((origin == null && map.isEmpty()) || origin == Origin.PLUGIN) {
      return null;
    }
    SourceFormat format =
        origin == null || origin == Origin.AUTO
            ? Importer.survey(file).format()
            : SourceFormat.valueOf(origin.name());
    if (format == SourceFormat.PLUGIN && map.isEmpty()) {
      return null;
    }
    FieldMapping mapping =
        FieldMapping.of(format == SourceFormat.PLUGIN ? SourceFormat.PLAIN : format);
    for (Map.Entry<FieldMapping.Field, String> each : map.entrySet()) {
      mapping = mapping.with(each.getKey(), each.getValue());
    }
    return mapping;
  }

  @Override
  int run(Upgrades upgrades) throws InterruptedException {
    ImportReport report =
        Importer.importFile(
            file,
            mapping(from),
            upgrades.store(),
            replace ? ExistingRows.REPLACE : ExistingRows.SKIP,
            count -> {});
    if (isJson()) {
      ObjectNode node =
          Json.object()
              .put("read", report.read())
              .put("added", report.inserted().added())
              .put("replaced", report.inserted().replaced())
              .put("skipped", report.inserted().skipped());
      ArrayNode bad = node.putArray("bad_lines");
      report
          .bad()
          .forEach(line -> bad.addObject().put("line", line.line()).put("reason", line.reason()));
      print(node);
    } else {
      report.bad().forEach(line -> out().printf("line %d: %s%n", line.line(), line.reason()));
      out()
          .printf(
              "%d read: %d added, %d replaced, %d skipped; %d bad lines.%n",
              report.read(),
              report.inserted().added(),
              report.inserted().replaced(),
              report.inserted().skipped(),
              report.bad().size());
    }
    return report.bad().isEmpty() ? MemoryConsole.DONE : MemoryConsole.INCOMPLETE;
  }
}
