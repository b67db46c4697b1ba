package dev.memoryconsole.exchange.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.message.Message;

/** Takes what a file holds, in the file's order. */
public interface RecordSink {
  /**
   * One value where a memory is expected; usually an object.
   *
   * @param line the line it begins on, counted from 1
   * @return false to hear no more
   */
  boolean record(long line, JsonNode value) throws InterruptedException;

  /**
   * A part that can't be read.
   *
   * @param line the line it begins on, counted from 1
   * @param reason why, a sentence without its stop
   * @return false to hear no more
   */
  boolean unreadable(long line, Message reason) throws InterruptedException;
}
