package dev.memoryconsole.settings.openclaw;

import dev.memoryconsole.message.Coded;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.message.Wording;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** OpenClaw's configuration can't be read or understood; the message is one sentence. */
public final class OpenClawException extends IOException implements Coded {
  private final Message reason;

  OpenClawException(Message reason, @Nullable Throwable cause) {
    super(null, cause);
    this.reason = reason;
  }

  /** What is wrong, without a stop: a part of another sentence. */
  public Message reason() {
    return reason;
  }

  @Override
  public Message message() {
    return OpenClawCode.SENTENCE.with(reason);
  }

  /** In English. */
  @Override
  public String getMessage() {
    return Wording.ENGLISH.of(message());
  }
}
