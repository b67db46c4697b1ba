package dev.memoryconsole.exchange;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes memories in the formats of the plugin, without its cap of 1,000. The file appears whole or
 * not at all. Immutable, safe for use by many threads.
 */
public final class Exporter {
  private static final int PAGE = 500;
  private static final double LARGEST_EXACT = 1L << 53;

  private final JsonFactory factory = new JsonFactory();
  private final InstantSource clock;

  /** With the clock that tells {@code exportedAt}. */
  public Exporter(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Exports what a query finds, in its order. What is deleted meanwhile is left out; what is added
   * meanwhile too.
   *
   * @param replace whether a file of that name may be replaced
   * @return the number of memories written
   * @throws ExportException if the file is there already or cannot be written; it is as before
   * @throws InterruptedException if interrupted; the file is as before
   */
  public long run(
      MemoryStore store,
      EntryQuery query,
      Path target,
      Format format,
      boolean replace,
      ExchangeProgress progress)
      throws InterruptedException {
    Path file = target.toAbsolutePath();
    Path temporary = null;
    try {
      if (!replace && Files.exists(file)) {
        throw new FileAlreadyExistsException(file.toString());
      }
      Path folder = file.getParent();
      temporary = Files.createTempFile(folder, ".export-", ".tmp");
      long written = write(store, query, temporary, format, progress);
      if (replace) {
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      } else {
        Files.move(temporary, file);
      }
      return written;
    } catch (FileAlreadyExistsException there) {
      throw new ExportException(
          "%s exists already; nothing was written, choose another name or allow replacing it."
              .formatted(file),
          there);
    } catch (ClosedByInterruptException interrupted) {
      Thread.interrupted();
      throw (InterruptedException) new InterruptedException().initCause(interrupted);
    } catch (IOException failure) {
      throw new ExportException(
          "%s could not be written; a file of that name is as before, check the folder and the free space and try again."
              .formatted(file),
          failure);
    } finally {
      discard(temporary);
    }
  }

  private static void discard(@Nullable Path temporary) {
    try {
      if (temporary != null) {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException leftBehind) {
      temporary.toFile().deleteOnExit();
    }
  }

  private long write(
      MemoryStore store, EntryQuery query, Path file, Format format, ExchangeProgress progress)
      throws IOException, InterruptedException {
    // The ids first: pages by offset would shift while others write.
    List<String> ids = store.ids(query, Integer.MAX_VALUE);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        JsonGenerator json = factory.createGenerator(out)) {
      start(json, query, format);
      long written = 0;
      for (int from = 0; from < ids.size(); from += PAGE) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        for (MemoryEntry entry : store.find(ids.subList(from, Math.min(from + PAGE, ids.size())))) {
          memory(json, entry);
          written++;
          if (format == Format.JSONL) {
            json.writeRaw('\n');
          }
        }
        progress.advanced(Math.min(from + PAGE, ids.size()), ids.size());
      }
      end(json, written, format);
      json.flush();
      channel.force(true);
      return written;
    }
  }

  private void start(JsonGenerator json, EntryQuery query, Format format) throws IOException {
    if (format == Format.JSONL) {
      json.setRootValueSeparator(null);
      return;
    }
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    Separators separators =
        Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
            .withObjectEmptySeparator("")
            .withArrayEmptySeparator("");
    json.setPrettyPrinter(
        new DefaultPrettyPrinter(separators)
            .withObjectIndenter(indenter)
            .withArrayIndenter(indenter));
    json.writeStartObject();
    json.writeStringField("version", "1.0");
    json.writeStringField("exportedAt", clock.instant().toString());
    json.writeObjectFieldStart("filters");
    filter(json, "scope", query.scopes());
    filter(json, "category", query.categories());
    json.writeEndObject();
    json.writeArrayFieldStart("memories");
  }

  // The plugin knows one value of each.
  private static void filter(JsonGenerator json, String name, Set<String> values)
      throws IOException {
    if (values.size() == 1) {
      json.writeStringField(name, values.iterator().next());
    }
  }

  // The count comes last, where the plugin has it third: only now is it known.
  private static void end(JsonGenerator json, long written, Format format) throws IOException {
    if (format == Format.JSON) {
      json.writeEndArray();
      json.writeNumberField("count", written);
      json.writeEndObject();
    }
  }

  private static void memory(JsonGenerator json, MemoryEntry entry) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", entry.id());
    json.writeStringField("text", entry.text());
    json.writeStringField("category", entry.category());
    json.writeStringField("scope", entry.scope());
    json.writeFieldName("importance");
    importance(json, entry.importance());
    json.writeFieldName("timestamp");
    Long timestamp = entry.timestamp();
    if (timestamp == null) {
      json.writeNull();
    } else {
      json.writeNumber(timestamp);
    }
    json.writeStringField("metadata", entry.metadata());
    json.writeEndObject();
  }

  // As JavaScript does: 1, not 1.0.
  private static void importance(JsonGenerator json, @Nullable Double value) throws IOException {
    if (value == null || !Double.isFinite(value)) {
      json.writeNull();
    } else if (value == Math.rint(value) && Math.abs(value) < LARGEST_EXACT) {
      json.writeNumber(value.longValue());
    } else {
      json.writeNumber(value);
    }
  }
}
