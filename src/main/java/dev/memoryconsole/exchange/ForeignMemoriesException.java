package dev.memoryconsole.exchange;

import dev.memoryconsole.exchange.source.SourceFormat;
import java.nio.file.Path;

/** A file holds the memories of another tool, and nobody said how they are to come in. */
public final class ForeignMemoriesException extends ExchangeException {
  private final SourceFormat format;

  ForeignMemoriesException(Path file, SourceFormat format) {
    super(ExchangeCode.FOREIGN.with(file, format.words()));
    this.format = format;
  }

  /** Whose memories they are. */
  public SourceFormat format() {
    return format;
  }
}
