package dev.memoryconsole.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.exchange.source.BadEntryException;
import dev.memoryconsole.exchange.source.EntryReader;
import dev.memoryconsole.exchange.source.FieldMapping;
import dev.memoryconsole.exchange.source.JsonSource;
import dev.memoryconsole.exchange.source.MagicNumbers;
import dev.memoryconsole.exchange.source.RecordSink;
import dev.memoryconsole.exchange.source.SourceFormat;
import dev.memoryconsole.exchange.source.Survey;
import dev.memoryconsole.files.OpenDatabases;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.StoreCode;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.insert.NewStore;
import dev.memoryconsole.store.insert.RowInsertion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Imports the plugin's export and backup and, through a mapping of fields, the memories of other
 * tools. What a file holds is told from its content. Files are read as a stream, so that one of any
 * size needs little memory. Stateless.
 */
public final class Importer {
  private Importer() {}

  /**
   * Finds out what a file holds before a store is made for it.
   *
   * @throws ExchangeException if there is no such file, it can't be read, is empty or holds no text
   */
  public static Survey survey(Path file) throws InterruptedException {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new ExchangeException(ExchangeCode.NO_FILE.with(file));
    }
    // Never through a stream of our own: the store would lose its locks by it.
    if (OpenDatabases.isOpen(file)) {
      throw new ExchangeException(ExchangeCode.OPEN_SOURCE.with(file));
    }
    try {
      if (Files.size(file) == 0) {
        throw new ExchangeException(ExchangeCode.EMPTY.with(file));
      }
      Optional<Message> noText = MagicNumbers.of(file);
      if (noText.isPresent()) {
        throw new ExchangeException(noText.get());
      }
      return Survey.of(JsonSource.of(file));
    } catch (IOException e) {
      throw new ExchangeException(ExchangeCode.UNREADABLE.with(file), e);
    }
  }

  private static Message nothingIn(Survey survey) {
    Path file = survey.file();
    Message unreadable = survey.unreadable();
    if (unreadable != null) {
      return ExchangeCode.NO_EXPORT_AS_BROKEN.with(file, unreadable);
    }
    return survey.sample().isEmpty()
        ? ExchangeCode.NO_EXPORT.with(file)
        : ExchangeCode.NO_MEMORY.with(file, survey.sample().getFirst().line());
  }

  /**
   * Checks that a file can be imported in this way, before a store is made for it.
   *
   * @param mapping for the memories of another tool; null for the plugin's own
   * @throws ExchangeException if not; says what the file holds
   */
  public static void check(Survey survey, @Nullable FieldMapping mapping)
      throws InterruptedException {
    if (mapping == null && survey.format().isForeign()) {
      throw new ExchangeException(
          ExchangeCode.FOREIGN.with(survey.file(), survey.format().words()));
    }
    preview(survey, mapping, 1);
  }

  /**
   * The first memories as they would come in.
   *
   * @param limit at most this many
   * @throws ExchangeException if the file can't be read or holds none
   */
  public static List<MemoryEntry> preview(Survey survey, @Nullable FieldMapping mapping, int limit)
      throws InterruptedException {
    if (survey.format() == SourceFormat.UNKNOWN && (mapping == null || !mapping.namesText())) {
      throw new ExchangeException(nothingIn(survey));
    }
    PreviewSink sink = new PreviewSink(value -> entries(value, mapping), limit);
    for (Survey.Value value : survey.sample()) {
      if (!sink.record(value.line(), value.json())) {
        break;
      }
    }
    if (sink.entries().isEmpty() && !survey.isWhole()) {
      // Rare: nothing of the beginning can be used, but what comes later may.
      sink = new PreviewSink(value -> entries(value, mapping), limit);
      read(survey, sink, ExchangeCode.UNREADABLE);
    }
    BadLine bad = sink.firstBad();
    if (sink.entries().isEmpty() && bad != null) {
      throw new ExchangeException(
          ExchangeCode.NONE_READ.with(survey.file(), bad.line(), bad.reason()));
    }
    return sink.entries();
  }

  /**
   * Imports a file. What can't be read is reported by its line, the rest is imported.
   *
   * @param survey the file as it is now
   * @param mapping for the memories of another tool; null for the plugin's own
   * @param progress told now and then how many memories were read
   * @throws ExchangeException if the file can't be read or holds no memory at all; nothing was
   *     imported
   * @throws InterruptedException if interrupted; what was imported before stays
   */
  public static ImportReport importFile(
      Survey survey,
      @Nullable FieldMapping mapping,
      MemoryStore store,
      ExistingRows existing,
      LongConsumer progress)
      throws InterruptedException {
    if (!(store instanceof RowInsertion target)) {
      throw new StoreException(StoreCode.NO_INSERTION.with(store.location().toString()));
    }
    check(survey, mapping);
    EntrySink sink = new EntrySink(value -> entries(value, mapping), target, existing, progress);
    read(survey, sink, ExchangeCode.UNREADABLE_FURTHER);
    return sink.finish();
  }

  /**
   * Makes a store of a file, quicker than an import into one that is there: each index is written
   * once, when all memories are known.
   *
   * @param survey the file as it is now
   * @param mapping for the memories of another tool; null for the plugin's own
   * @param progress told now and then how many memories were read
   * @throws ExchangeException if the file holds no memory at all: there is no store then; or if it
   *     can't be read further: the store holds what was read before
   * @throws InterruptedException if interrupted; there is no store then
   */
  public static ImportReport makeStore(
      Survey survey, @Nullable FieldMapping mapping, NewStore store, LongConsumer progress)
      throws InterruptedException {
    check(survey, mapping);
    EntrySink sink =
        new EntrySink(value -> entries(value, mapping), store, ExistingRows.SKIP, progress);
    try {
      read(survey, sink, ExchangeCode.UNREADABLE_FURTHER);
    } catch (ExchangeException unreadable) {
      sink.finish();
      store.finish();
      throw unreadable;
    }
    ImportReport report = sink.finish();
    store.finish();
    return report;
  }

  private static void read(Survey survey, RecordSink sink, ExchangeCode failure)
      throws InterruptedException {
    try {
      survey.source().read(sink);
    } catch (IOException e) {
      throw new ExchangeException(failure.with(survey.file()), e);
    }
  }

  private static List<MemoryEntry> entries(JsonNode value, @Nullable FieldMapping mapping)
      throws BadEntryException {
    return mapping == null ? List.of(EntryReader.read(value)) : mapping.entries(value);
  }
}
