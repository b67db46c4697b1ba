package dev.memoryconsole.exchange;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.memoryconsole.store.ExistingRows;
import dev.memoryconsole.store.MemoryStore;
import java.io.BufferedInputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Brings the plugin's export ({@link Format#JSON}) or its daily backup ({@link Format#JSONL}) into
 * a store. Which of the two a file is, its content tells. Streams: a file of any size takes the
 * memory of its ids alone. Immutable, safe for use by many threads.
 */
public final class Importer {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final JsonFactory factory = new JsonFactory();

  /**
   * Imports a file.
   *
   * @throws ImportException if the file cannot be read, is empty or has neither format; nothing was
   *     imported unless reading failed half-way
   * @throws InterruptedException if interrupted; the batches before stay
   */
  public ImportReport run(
      Path file, MemoryStore store, ExistingRows existing, ExchangeProgress progress)
      throws InterruptedException {
    try {
      if (Files.isDirectory(file)) {
        throw new ImportException(
            "%s is a folder; nothing was imported, choose a file.".formatted(file));
      }
      long size = Files.size(file);
      ImportBatch batch = new ImportBatch(store, existing, done -> progress.advanced(done, size));
      if (isExport(file)) {
        readExport(file, batch);
      } else {
        readLines(file, batch);
        if (!batch.sawMemory()) {
          throw new ImportException(
              size == 0
                  ? "%s is empty; nothing was imported.".formatted(file)
                  : "%s is neither an export nor a backup of memories; nothing was imported, choose another file."
                      .formatted(file));
        }
      }
      return batch.finish(size);
    } catch (NoSuchFileException missing) {
      throw new ImportException(
          "There is no file %s; nothing was imported, check the name.".formatted(file), missing);
    } catch (IOException failure) {
      throw new ImportException(
          "%s could not be read to its end; what was imported before stays, check the disk and try again."
              .formatted(file),
          failure);
    }
  }

  // An object with an array "memories"; a backup's first line is an object, too, but a memory.
  private boolean isExport(Path file) throws IOException {
    try (InputStream in = open(file);
        JsonParser parser = factory.createParser(in)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("memories") && value == JsonToken.START_ARRAY) {
          return true;
        }
        parser.skipChildren();
      }
      return false;
    } catch (JsonProcessingException | CharConversionException broken) {
      return false;
    }
  }

  private void readExport(Path file, ImportBatch batch) throws IOException, InterruptedException {
    try (InputStream in = open(file);
        JsonParser parser = factory.createParser(in)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (parser.nextToken() == JsonToken.START_ARRAY && name.equals("memories")) {
          readItems(parser, batch);
          return;
        }
        parser.skipChildren();
      }
    }
  }

  private void readItems(JsonParser parser, ImportBatch batch)
      throws IOException, InterruptedException {
    EntryReader reader = new EntryReader(factory);
    long item = 0;
    try {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        item++;
        EntryReader.Result result = reader.read(parser);
        batch.add(item, result, parser.currentLocation().getByteOffset());
      }
    } catch (JsonProcessingException | CharConversionException broken) {
      batch.bad(Math.max(item, 1), "is broken JSON; nothing after it could be read");
    }
  }

  private void readLines(Path file, ImportBatch batch) throws IOException, InterruptedException {
    EntryReader reader = new EntryReader(factory);
    try (InputStream in = open(file)) {
      LineReader lines = new LineReader(in);
      while (lines.next()) {
        String text = lines.text();
        if (text == null) {
          batch.bad(lines.number(), "is not valid UTF-8");
        } else if (!text.isBlank()) {
          readLine(text, reader, lines, batch);
        }
      }
    }
  }

  private void readLine(String text, EntryReader reader, LineReader lines, ImportBatch batch)
      throws IOException, InterruptedException {
    EntryReader.Result result;
    try (JsonParser parser = factory.createParser(text)) {
      parser.nextToken();
      result = reader.read(parser);
      if (parser.nextToken() != null) {
        result = new EntryReader.Result.Bad("holds more than one value", false);
      }
    } catch (JsonProcessingException broken) {
      batch.bad(lines.number(), "is broken JSON");
      return;
    }
    batch.add(lines.number(), result, lines.bytes());
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    in.mark(BYTE_ORDER_MARK.length);
    byte[] start = in.readNBytes(BYTE_ORDER_MARK.length);
    if (!Arrays.equals(start, BYTE_ORDER_MARK)) {
      in.reset();
    }
    return in;
  }
}
