package dev.memoryconsole.store.lance.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Type;

/**
 * Whether a file that says which rows are deleted can be read: an Arrow file of one column of
 * numbers. Not read by Arrow itself, which needs another library for its compressed numbers.
 */
public final class DeletionsCheck {
  private static final long LARGEST = 64L << 20;
  private static final int MAGIC = 6;
  private static final String ARROW = "ARROW1";
  private static final int PREFIX = 2 * Integer.BYTES;

  private final ByteBuffer file;

  private DeletionsCheck(ByteBuffer file) {
    this.file = file;
  }

  /**
   * Looks at one.
   *
   * @throws NoSuchFileException if it is not there
   * @throws DamagedFileException if it can't be read
   */
  public static void check(Path dataset, Manifest.Deletions deletions) throws IOException {
    Path path = dataset.resolve("_deletions").resolve(deletions.name());
    long size = Files.size(path);
    if (size == 0) {
      throw new DamagedFileException(path, LanceCode.IS_EMPTY);
    }
    if (!deletions.name().endsWith(".arrow") || size > LARGEST) {
      return;
    }
    try {
      ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
      if (new DeletionsCheck(file).rows() != deletions.rows()) {
        throw new DamagedFileException(path, LanceCode.OTHER_ROWS);
      }
    } catch (RuntimeException e) {
      throw new DamagedFileException(path, LanceCode.IS_DAMAGED, e);
    }
  }

  private long rows() {
    int end = file.limit() - MAGIC;
    require(text(0).equals(ARROW) && text(end).equals(ARROW));
    int length = file.getInt(end - Integer.BYTES);
    Footer footer = Footer.getRootAsFooter(part(end - Integer.BYTES - length, length));
    require(footer.schema().fieldsLength() == 1);
    Field field = footer.schema().fields(0);
    require(field.typeType() == Type.Int && field.childrenLength() == 0);
    Int type = (Int) field.type(new Int());
    require(type.bitWidth() == Integer.SIZE && !type.isSigned() && field.dictionary() == null);
    require(footer.dictionariesLength() == 0);
    long rows = 0;
    for (int i = 0; i < footer.recordBatchesLength(); i++) {
      rows += rows(footer.recordBatches(i));
    }
    return rows;
  }

  private long rows(Block block) {
    int start = Math.toIntExact(block.offset());
    require(start >= MAGIC && file.getInt(start) == -1);
    int length = file.getInt(start + Integer.BYTES);
    require(length > 0 && length + PREFIX == block.metaDataLength());
    Message message = Message.getRootAsMessage(part(start + PREFIX, length));
    require(message.headerType() == MessageHeader.RecordBatch);
    require(message.bodyLength() == block.bodyLength());
    ByteBuffer body = part(start + block.metaDataLength(), Math.toIntExact(block.bodyLength()));
    RecordBatch batch = (RecordBatch) message.header(new RecordBatch());
    long rows = batch.length();
    require(batch.nodesLength() == 1 && batch.buffersLength() == 2);
    require(batch.variadicBufferCountsLength() == 0);
    FieldNode node = batch.nodes(0);
    require(rows >= 0 && node.length() == rows && node.nullCount() == 0);
    boolean packed = batch.compression() != null;
    numbers(body, batch.buffers(0), packed, 0);
    numbers(body, batch.buffers(1), packed, Math.multiplyExact(rows, Integer.BYTES));
    return rows;
  }

  /** A packed buffer begins with its size when unpacked; -1 if it is not packed after all. */
  private static void numbers(ByteBuffer body, Buffer buffer, boolean packed, long bytes) {
    int from = Math.toIntExact(buffer.offset());
    int length = Math.toIntExact(buffer.length());
    ByteBuffer content = body.slice(from, length).order(ByteOrder.LITTLE_ENDIAN);
    if (!packed || length == 0) {
      require(length >= bytes);
      return;
    }
    long unpacked = content.getLong(0);
    if (unpacked == -1) {
      require(length - Long.BYTES >= bytes);
    } else if (bytes > 0) {
      require(unpacked >= bytes && unpacked <= bytes + Long.BYTES * Long.BYTES);
    } else {
      require(unpacked >= 0 && unpacked <= LARGEST);
    }
  }

  private ByteBuffer part(int from, int length) {
    return file.slice(from, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private String text(int from) {
    return StandardCharsets.US_ASCII.decode(file.slice(from, MAGIC)).toString();
  }

  private static void require(boolean sound) {
    if (!sound) {
      throw new IllegalArgumentException("no numbers of rows");
    }
  }
}
