package dev.memoryconsole.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One write of an agent.
 *
 * @param agent the metadata key that this agent alone writes
 * @param sequence rises with every write of the agent
 * @param before monotonic nanoseconds ({@link System#nanoTime}'s clock) before the commit
 * @param after the same after it
 * @param certain false if the commit failed: it may have taken effect all the same
 */
record Acknowledged(
    String agent,
    String kind,
    String row,
    long sequence,
    long before,
    long after,
    boolean certain) {
  static List<Acknowledged> in(Path file, String agent) throws IOException {
    List<Acknowledged> writes = new ArrayList<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        String[] part = line.split(" ", -1);
        boolean certain = !part[0].endsWith("?");
        writes.add(
            new Acknowledged(
                agent,
                certain ? part[0] : part[0].substring(0, part[0].length() - 1),
                part[1],
                Long.parseLong(part[2]),
                Long.parseLong(part[3]),
                Long.parseLong(part[4]),
                certain));
      }
    }
    return writes;
  }
}
