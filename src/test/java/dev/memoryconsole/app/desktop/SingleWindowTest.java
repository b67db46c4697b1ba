package dev.memoryconsole.app.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.store.StoreLocation;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SingleWindowTest {
  @TempDir Path folder;
  private final List<Optional<StoreLocation>> asked = new CopyOnWriteArrayList<>();

  @Test
  void aLaterStartHandsOverWhatItWasToOpen() {
    StoreLocation store = StoreLocation.of(folder.resolve("mit Leerzeichen é记忆.db"));
    try (SingleWindow window = SingleWindow.claim(folder).orElseThrow()) {
      window.follow(asked::add);
      assertThat(SingleWindow.claim(folder)).isEmpty();
      assertThat(SingleWindow.handOver(folder, store)).isTrue();
      assertThat(SingleWindow.handOver(folder, null)).isTrue();
      assertThat(asked).containsExactly(Optional.of(store), Optional.empty());
    }
    assertThat(SingleWindow.handOver(folder, store)).isFalse();
    assertThat(folder.resolve("window.sock")).doesNotExist();
  }

  @Test
  void whatAKilledWindowLeftBehindIsInNobodysWay() throws Exception {
    Path socket = folder.resolve("window.sock");
    try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      killed.bind(UnixDomainSocketAddress.of(socket));
    }
    assertThat(socket).exists();
    assertThat(SingleWindow.handOver(folder, null)).isFalse();
    try (SingleWindow window = SingleWindow.claim(folder).orElseThrow()) {
      window.follow(asked::add);
      assertThat(SingleWindow.handOver(folder, null)).isTrue();
    }
  }

  @Test
  void aWindowThatDoesNotAnswerIsNotWaitedForLong() {
    try (SingleWindow window = SingleWindow.claim(folder).orElseThrow()) {
      // It hangs: nobody listens to what the system has accepted.
      assertThat(SingleWindow.handOver(folder, null)).isFalse();
      window.follow(asked::add);
    }
  }

  @Test
  void garbageAndSilenceKeepNobodyElseWaiting() throws Exception {
    try (SingleWindow window = SingleWindow.claim(folder).orElseThrow();
        SocketChannel silent = SocketChannel.open(address());
        SocketChannel endless = SocketChannel.open(address())) {
      window.follow(asked::add);
      ByteBuffer much = ByteBuffer.allocate(100_000);
      Thread writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      while (much.hasRemaining()) {
                        endless.write(much);
                      }
                    } catch (IOException hungUp) {
                      // As it should.
                    }
                  });
      assertThat(SingleWindow.handOver(folder, null)).isTrue();
      await().atMost(Duration.ofSeconds(30)).until(() -> !writer.isAlive());
      assertThat(asked).hasSize(1);
      assertThat(silent.isConnected()).isTrue();
    }
  }

  @Test
  void aPathTooLongForASocketMeansAWindowOfItsOwn() throws Exception {
    Path deep = Files.createDirectories(folder.resolve("x".repeat(120)));
    assertThat(SingleWindow.claim(deep)).isEmpty();
    assertThat(SingleWindow.handOver(deep, null)).isFalse();
  }

  private UnixDomainSocketAddress address() {
    return UnixDomainSocketAddress.of(folder.resolve("window.sock"));
  }
}
