package dev.memoryconsole.exchange;

import dev.memoryconsole.message.Message;

/**
 * A part of a file that was not imported.
 *
 * @param line the line it begins on, counted from 1
 * @param reason why, a sentence without its stop
 */
public record BadLine(long line, Message reason) {
  /** The reason as a sentence. */
  public Message sentence() {
    return ExchangeCode.REASON.with(reason);
  }

  /** Line and reason as a sentence. */
  public Message sentenceWithLine() {
    return ExchangeCode.LINE.with(line, reason);
  }
}
