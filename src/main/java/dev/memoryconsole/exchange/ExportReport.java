package dev.memoryconsole.exchange;

import dev.memoryconsole.message.Message;
import java.util.List;

/**
 * What became of an export.
 *
 * @param written how many memories are in the file
 * @param left what is not in it
 */
public record ExportReport(long written, List<Left> left) {
  /**
   * A memory that JSON can't hold as it is.
   *
   * @param id its id, or what it is called
   * @param reason why, as in {@link dev.memoryconsole.memory.MemoryEntry#flaw}
   */
  public record Left(String id, Message reason) {
    /** Id and reason in one sentence. */
    public Message sentence() {
      return ExchangeCode.LEFT_OUT.with(id, reason);
    }
  }
}
