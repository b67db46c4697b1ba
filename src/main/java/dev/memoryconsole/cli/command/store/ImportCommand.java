package dev.memoryconsole.cli.command.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.cli.command.Services;
import dev.memoryconsole.cli.command.StoreCommand;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.cli.output.Json;
import dev.memoryconsole.exchange.ImportReport;
import dev.memoryconsole.exchange.Importer;
import dev.memoryconsole.exchange.source.FieldMapping;
import dev.memoryconsole.exchange.source.SourceFormat;
import dev.memoryconsole.exchange.source.Survey;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.Titles;
import dev.memoryconsole.message.Wording;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.insert.NewStore;
import dev.memoryconsole.upgrade.Upgrades;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
public final class ImportCommand extends StoreCommand {
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

  private @Nullable Survey survey;
  // What became of it where the store was made of the file.
  private @Nullable ImportReport made;

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
  protected @Nullable Integer withoutStore() throws InterruptedException {
    if (!preview) {
      return null;
    }
    Survey survey = survey();
    SourceFormat found = survey.format();
    List<MemoryEntry> entries =
        Importer.preview(survey, mapping(survey, from == null ? Origin.AUTO : from), PREVIEWED);
    if (isJson()) {
      ObjectNode document =
          Json.object().put("format", Json.word(found)).put("foreign", found.isForeign());
      ArrayNode shown = document.putArray("entries");
      entries.forEach(entry -> shown.add(Json.entry(entry)));
      print(document);
    } else {
      for (MemoryEntry entry : entries) {
        Long time = entry.timestamp();
        say(
            "%-36s  %-20s  %-10s  %-14s  %s",
            entry.id(),
            time == null ? "(no time)" : Instant.ofEpochMilli(time),
            Objects.requireNonNullElse(entry.category(), ""),
            Objects.requireNonNullElse(entry.scope(), ""),
            Titles.of(entry.text()));
      }
      say(
          "%s holds %s; these are the first %d as they would come in. Nothing was imported.",
          file, Wording.ENGLISH.of(found.words()), entries.size());
    }
    return ExitCode.DONE;
  }

  @Override
  protected Upgrades open(Services services) throws InterruptedException {
    Importer.check(survey(), mapping(survey(), from));
    Optional<NewStore> begun = services.begin(store());
    if (begun.isPresent()) {
      try (NewStore store = begun.get()) {
        made = Importer.makeStore(survey(), mapping(survey(), from), store, count -> {});
      }
    }
    return services.openOrCreate(store(), parent().workspace());
  }

  /** Looks once. */
  private Survey survey() throws InterruptedException {
    Survey seen = survey;
    if (seen == null) {
      seen = Importer.survey(file);
      survey = seen;
    }
    return seen;
  }

  /** How the file's fields become ours; null where they are ours. */
  private @Nullable FieldMapping mapping(Survey seen, @Nullable Origin origin) {
    if ((origin == null && map.isEmpty()) || origin == Origin.PLUGIN) {
      return null;
    }
    if (origin == null || origin == Origin.AUTO) {
      return seen.mapping(map);
    }
    return FieldMapping.of(SourceFormat.valueOf(origin.name())).with(map);
  }

  @Override
  protected int run(Upgrades upgrades) throws InterruptedException {
    ImportReport report = made;
    if (report == null) {
      report =
          Importer.importFile(
              survey(),
              mapping(survey(), from),
              upgrades.store(),
              replace ? ExistingRows.REPLACE : ExistingRows.SKIP,
              count -> {});
    }
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
          .forEach(
              line ->
                  bad.addObject()
                      .put("line", line.line())
                      .put("reason", Wording.ENGLISH.of(line.sentence())));
      print(node);
    } else {
      report
          .bad()
          .forEach(line -> say("line %d: %s", line.line(), Wording.ENGLISH.of(line.sentence())));
      say(
          "%d read: %d added, %d replaced, %d skipped; %d bad lines.",
          report.read(),
          report.inserted().added(),
          report.inserted().replaced(),
          report.inserted().skipped(),
          report.bad().size());
    }
    return report.bad().isEmpty() ? ExitCode.DONE : ExitCode.INCOMPLETE;
  }
}
