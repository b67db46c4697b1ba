package dev.memoryconsole.settings.openclaw;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** OpenClaw's configuration can't be read or understood; the message is one sentence. */
final class OpenClawException extends IOException {
  private static final long serialVersionUID = 1L;

  OpenClawException(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
