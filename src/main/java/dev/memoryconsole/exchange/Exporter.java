package dev.memoryconsole.exchange;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import dev.memoryconsole.exchange.form.EntryCsv;
import dev.memoryconsole.exchange.form.EntryJson;
import dev.memoryconsole.files.OpenDatabases;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.StoreLocation;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Exports memories in the plugin's two formats, or as a table, all of them, without a cap. Writes
 * to a temporary file beside the target and moves it into place, so that a failure leaves the
 * target as it was.
 */
public final class Exporter {
  private static final int CHUNK = 500;

  private final Clock clock;

  /** Stamps exports by this clock. */
  public Exporter(Clock clock) {
    this.clock = clock;
  }

  /**
   * Exports the entries that match, in the query's order.
   *
   * @param replace whether a file that is there may be replaced
   * @param progress told now and then how many were written
   * @return how many were written, and which were not
   * @throws ExchangeException if the file is there and may not be replaced, or can't be written; it
   *     is as it was
   * @throws InterruptedException if interrupted; the file is as it was
   */
  public ExportReport export(
      MemoryStore store,
      EntryQuery query,
      Path file,
      ExportFormat format,
      boolean replace,
      LongConsumer progress)
      throws InterruptedException {
    Path target = file.toAbsolutePath();
    if (Files.exists(target) && (!replace || !Files.isRegularFile(target))) {
      throw new ExchangeException(ExchangeCode.ALREADY_THERE.with(file));
    }
    try {
      if (belongsToStore(store.location(), target)) {
        throw new ExchangeException(ExchangeCode.STORE_ITSELF.with(file));
      }
      refuseIfOpen(target);
      return write(store, query, target, format, progress);
    } catch (IOException e) {
      throw new ExchangeException(ExchangeCode.NOT_WRITTEN.with(file), e);
    }
  }

  /**
   * Refuses a target that is a database which is open: nothing may take its place.
   *
   * @throws ExchangeException if it is one
   */
  static void refuseIfOpen(Path target) {
    if (OpenDatabases.isOpen(target)) {
      throw new ExchangeException(ExchangeCode.OPEN_TARGET.with(target));
    }
  }

  private static boolean belongsToStore(StoreLocation location, Path target) throws IOException {
    if (!(location instanceof StoreLocation.OnDisk(Path store))) {
      return false;
    }
    return (Files.exists(target) && Files.exists(store) && Files.isSameFile(store, target))
        || (target.toString().startsWith(store + "-") && Files.exists(target));
  }

  private ExportReport write(
      MemoryStore store, EntryQuery query, Path target, ExportFormat format, LongConsumer progress)
      throws IOException, InterruptedException {
    Path folder = target.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IOException("no folder " + folder);
    }
    Path temporary = Files.createTempFile(folder, ".export", ".tmp");
    try {
      ExportReport written;
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 16)) {
        written =
            format == ExportFormat.CSV
                ? table(out, store, query, progress)
                : json(out, store, query, format, progress);
      }
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return written;
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private ExportReport json(
      OutputStream out,
      MemoryStore store,
      EntryQuery query,
      ExportFormat format,
      LongConsumer progress)
      throws IOException, InterruptedException {
    try (JsonGenerator json = EntryJson.MAPPER.createGenerator(out)) {
      return format == ExportFormat.JSON
          ? document(json, store, query, progress)
          : lines(json, store, query, progress);
    }
  }

  private static ExportReport table(
      OutputStream out, MemoryStore store, EntryQuery query, LongConsumer progress)
      throws IOException, InterruptedException {
    out.write(EntryCsv.HEAD.getBytes(StandardCharsets.UTF_8));
    return each(
        store,
        query,
        progress,
        entry -> out.write(EntryCsv.line(entry).getBytes(StandardCharsets.UTF_8)));
  }

  private ExportReport document(
      JsonGenerator json, MemoryStore store, EntryQuery query, LongConsumer progress)
      throws IOException, InterruptedException {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    json.setPrettyPrinter(
        new DefaultPrettyPrinter(
                Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
            .withObjectIndenter(indenter)
            .withArrayIndenter(indenter));
    json.writeStartObject();
    json.writeStringField("version", "1.0");
    json.writeStringField("exportedAt", clock.instant().toString());
    json.writeObjectFieldStart("filters");
    if (query.scopes().size() == 1) {
      json.writeStringField("scope", query.scopes().iterator().next());
    }
    if (query.categories().size() == 1) {
      json.writeStringField("category", query.categories().iterator().next());
    }
    json.writeEndObject();
    json.writeArrayFieldStart("memories");
    ExportReport written = each(store, query, progress, entry -> EntryJson.write(json, entry));
    json.writeEndArray();
    // Behind the list, because rows may be deleted while it is written.
    json.writeNumberField("count", written.written());
    json.writeEndObject();
    json.writeRaw('\n');
    return written;
  }

  private static ExportReport lines(
      JsonGenerator json, MemoryStore store, EntryQuery query, LongConsumer progress)
      throws IOException, InterruptedException {
    json.setRootValueSeparator(null);
    return each(
        store,
        query,
        progress,
        entry -> {
          EntryJson.write(json, entry);
          json.writeRaw('\n');
        });
  }

  private interface Writing {
    void write(MemoryEntry entry) throws IOException;
  }

  private static ExportReport each(
      MemoryStore store, EntryQuery query, LongConsumer progress, Writing writing)
      throws IOException, InterruptedException {
    // The ids once, so that rows that come and go meanwhile make none appear twice.
    List<String> ids = store.ids(query, Integer.MAX_VALUE);
    long written = 0;
    List<ExportReport.Left> left = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += CHUNK) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      List<String> chunk = ids.subList(from, Math.min(from + CHUNK, ids.size()));
      Map<String, MemoryEntry> rows = new HashMap<>();
      store.find(chunk).forEach(row -> rows.put(row.id(), row));
      for (String id : chunk) {
        MemoryEntry row = rows.get(id);
        if (row == null) {
          continue;
        }
        Message flaw = row.flaw();
        if (flaw == null) {
          writing.write(row);
          written++;
        } else {
          left.add(new ExportReport.Left(id, flaw));
        }
      }
      progress.accept(written);
    }
    return new ExportReport(written, List.copyOf(left));
  }
}
