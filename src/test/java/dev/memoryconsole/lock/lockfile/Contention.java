package dev.memoryconsole.lock.lockfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.node.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Processes of Java and of Node that take one lock and count in a file under it. */
public final class Contention implements AutoCloseable {
  private final Path counter;
  private final List<Peer> peers = new ArrayList<>();

  /** One hold, in nanoseconds of the clock that all processes share. */
  private record Hold(long from, long to) {}

  /** With a file of its own to count in. */
  public Contention(Path folder) throws IOException {
    counter = Files.writeString(folder.resolve("counter"), "0");
  }

  /** Where they count. */
  public Path counter() {
    return counter;
  }

  /** One more. */
  public Peer add(Peer peer) {
    peers.add(peer);
    return peer;
  }

  /** All count for so long: no count is lost, and no two are ever inside at once. */
  public void run(long millis) throws InterruptedException {
    peers.forEach(peer -> peer.tell("run " + millis));
    List<Hold> holds = new ArrayList<>();
    int counted = 0;
    for (Peer peer : peers) {
      List<String> said = new ArrayList<>();
      int mine = Integer.parseInt(peer.expect("counted", said));
      assertThat(mine).isPositive();
      counted += mine;
      said.stream().map(Contention::hold).forEach(holds::add);
    }
    hasCounted(counted);
    assertThat(holds).hasSize(counted);
    holds.sort(Comparator.comparingLong(Hold::from));
    for (int i = 1; i < holds.size(); i++) {
      assertThat(holds.get(i).from()).isGreaterThan(holds.get(i - 1).to());
    }
  }

  private static Hold hold(String line) {
    String[] words = line.split(" ", -1);
    assertThat(words[0]).isEqualTo("inside");
    return new Hold(Long.parseLong(words[1]), Long.parseLong(words[2]));
  }

  /** Takes the lock and keeps it. */
  public static void hold(Peer peer) throws InterruptedException {
    peer.tell("hold");
    peer.expect("held");
  }

  /** Counts under the lock that it holds. */
  public static void commits(Peer peer) throws InterruptedException {
    peer.tell("commit");
    assertThat(peer.next()).isEqualTo("committed");
  }

  /** Notices in time that the lock is not its own any more, and does not count. */
  public static void doesNotCommit(Peer peer) throws InterruptedException {
    peer.tell("commit");
    assertThat(peer.next()).isEqualTo("compromised");
  }

  /** What all together have counted. */
  public void hasCounted(int count) {
    assertThat(counter).hasContent(String.valueOf(count));
  }

  @Override
  public void close() {
    peers.forEach(Peer::close);
  }
}
