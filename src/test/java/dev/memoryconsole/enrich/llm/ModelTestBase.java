package dev.memoryconsole.enrich.llm;

import dev.memoryconsole.enrich.Enricher;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;

/** An endpoint, and who enriches by it; closed after the test. */
abstract class ModelTestBase {
  @SuppressWarnings("NullAway.Init")
  FakeEndpoint endpoint;

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  /** Starts the endpoint, which answers each call like this. */
  final void serve(FakeEndpoint.Answer answer) {
    endpoint = opened(new FakeEndpoint(answer));
  }

  /** Starts the endpoint and enriches by it, as it is set up at first. */
  final Enricher enricher(FakeEndpoint.Answer answer) throws Exception {
    serve(answer);
    return opened(Fixtures.enricher(endpoint.settings()));
  }

  /** Has something closed after the test; what was opened last is closed first. */
  final <T extends AutoCloseable> T opened(T resource) {
    open.push(resource);
    return resource;
  }

  @AfterEach
  final void closeAll() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }
}
