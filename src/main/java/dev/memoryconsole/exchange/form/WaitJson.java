package dev.memoryconsole.exchange.form;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.lock.LockWait;
import dev.memoryconsole.lock.SeenWait;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The JSON shape of who waits for whom. What could not be seen is null. Stateless. */
public final class WaitJson {
  private WaitJson() {}

  /** A wait at this moment. */
  public static ObjectNode of(LockWait wait) {
    return fill(JsonNodeFactory.instance.objectNode(), wait);
  }

  /** A wait that was seen, with the times of that in milliseconds since 1970. */
  public static ObjectNode of(SeenWait seen) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("from_ms", seen.fromMillis()).put("seen_ms", seen.seenMillis());
    return fill(node, seen.last());
  }

  private static ObjectNode fill(ObjectNode node, LockWait wait) {
    party(node.putObject("waiter"), wait.waiter());
    millis(node, "waited_ms", wait.waited());
    party(node.putObject("holder"), wait.holder());
    millis(node, "held_ms", wait.held());
    return node;
  }

  private static void millis(ObjectNode node, String name, @Nullable Duration duration) {
    if (duration == null) {
      node.putNull(name);
    } else {
      node.put(name, duration.toMillis());
    }
  }

  private static void party(ObjectNode node, LockWait.Party party) {
    node.put("process", party.process())
        .put("application", party.application())
        .put("user", party.user())
        .put("query", party.query());
  }
}
