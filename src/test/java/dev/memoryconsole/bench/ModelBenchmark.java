package dev.memoryconsole.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.llm.Models;
import dev.memoryconsole.enrich.llm.price.PriceTable;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.settings.KeyLookup;
import dev.memoryconsole.settings.KeySource;
import dev.memoryconsole.settings.ModelSettings;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A model that takes 200 ms a call: how much the client adds, and what it leaves behind. */
@Tag("bench")
class ModelBenchmark {
  private static final int ENTRIES = 400;
  private static final int LATENCY = 200;

  @Test
  void totalTimeAgainstTheModelsOwn() throws Exception {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    byte[] answer = answer();
    try (ExecutorService served = Executors.newVirtualThreadPerTaskExecutor()) {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
      server.setExecutor(served);
      server.createContext(
          "/",
          exchange -> {
            exchange.getRequestBody().readAllBytes();
            try {
              Thread.sleep(LATENCY);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
          });
      server.start();
      try {
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
        run(url, 16, 64);
        for (int concurrency : new int[] {1, 4, 16, 64}) {
          int threads = ManagementFactory.getThreadMXBean().getThreadCount();
          resetPeak();
          double seconds = run(url, concurrency, ENTRIES);
          double ideal = ENTRIES * LATENCY / 1_000.0 / concurrency;
          // A pool of c can't do better than whole rounds.
          double rounds = Math.ceil((double) ENTRIES / concurrency) * LATENCY / 1_000.0;
          System.out.printf(
              "c=%d: %.2f s; %.3f of N*L/c (%.2f s), %.3f of whole rounds (%.2f s); peak heap %d"
                  + " MB%n",
              concurrency,
              seconds,
              seconds / ideal,
              ideal,
              seconds / rounds,
              rounds,
              peakMegabytes());
          await()
              .atMost(Duration.ofSeconds(5))
              .until(() -> ManagementFactory.getThreadMXBean().getThreadCount() <= threads + 2);
        }
      } finally {
        server.stop(0);
      }
    }
  }

  private static double run(String url, int concurrency, int entries) throws Exception {
    Models models = new Models(KeyLookup.system(), Clock.systemUTC());
    ModelSettings settings = ModelSettings.of(url, "bench", KeySource.NONE);
    Semaphore permits = new Semaphore(concurrency);
    try (Enricher enricher = models.enricher(settings, PriceTable.with(Map.of()));
        ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      long start = System.nanoTime();
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < entries; i++) {
        MemoryEntry entry =
            new MemoryEntry(
                "id-" + i, "The team decided on plan " + i, "decision", "g", 0.5, 1L, null, 1);
        permits.acquire();
        done.add(
            pool.submit(
                () -> {
                  try {
                    return enricher.enrich(entry);
                  } finally {
                    permits.release();
                  }
                }));
      }
      for (Future<?> one : done) {
        one.get();
      }
      assertThat(enricher.usage().calls()).isEqualTo(entries);
      return (System.nanoTime() - start) / 1e9;
    }
  }

  private static byte[] answer() {
    ObjectMapper mapper = new ObjectMapper();
    String layers =
        mapper
            .valueToTree(Map.of("l0_abstract", "The team decided.", "l1_overview", "- decided"))
            .toString();
    return mapper
        .valueToTree(
            Map.of(
                "choices",
                List.of(
                    Map.of(
                        "index",
                        0,
                        "finish_reason",
                        "stop",
                        "message",
                        Map.of("role", "assistant", "content", layers))),
                "usage",
                Map.of("prompt_tokens", 400, "completion_tokens", 90, "total_tokens", 490)))
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void resetPeak() {
    System.gc();
    ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
  }

  private static long peakMegabytes() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .mapToLong(pool -> pool.getPeakUsage().getUsed())
            .sum()
        / 1_000_000;
  }
}
