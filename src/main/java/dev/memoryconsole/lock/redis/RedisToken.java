package dev.memoryconsole.lock.redis;

import dev.memoryconsole.lock.LockCode;
import dev.memoryconsole.message.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * What the key in Redis holds: a UUID as the plugin's, followed by our process and machine, so that
 * others can say who holds it. The plugin compares it with its own only. Stateless.
 */
final class RedisToken {
  private static final String OURS = ":memory-console:";
  private static final int SHOWN = 8;

  private RedisToken() {}

  /** One that was never used. */
  static String fresh() {
    return UUID.randomUUID() + OURS + ProcessHandle.current().pid() + "@" + host();
  }

  private static String host() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException notTold) {
      return String.valueOf(System.getenv().getOrDefault("COMPUTERNAME", "another machine"));
    }
  }

  /** Whose it is. */
  static Message owner(String token) {
    int ours = token.indexOf(OURS);
    if (ours < 0) {
      return LockCode.OTHER_PROGRAM_TOKEN.with(token.substring(0, Math.min(SHOWN, token.length())));
    }
    String[] place = token.substring(ours + OURS.length()).split("@", 2);
    return LockCode.CONSOLE.with(place[0], place.length > 1 ? place[1] : "?");
  }
}
