package dev.memoryconsole.enrich.llm.http;

import dev.memoryconsole.enrich.llm.failure.CallException;
import dev.memoryconsole.enrich.llm.failure.FailureKind;
import dev.memoryconsole.message.Coded;
import dev.memoryconsole.settings.Endpoint;
import dev.memoryconsole.settings.ModelSettings;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What of the way to an endpoint is not the endpoint's: the proxy, and whom to trust.
 *
 * @param proxies on the way
 * @param trust null for Java's own
 */
record Surroundings(Proxies proxies, @Nullable SSLContext trust) {
  private static final Logger LOG = LoggerFactory.getLogger(Surroundings.class);

  /** The variable in which OpenSSL and most tools look for a file of trusted authorities. */
  private static final String CA_VARIABLE = "SSL_CERT_FILE";

  /**
   * Reads the settings and the environment.
   *
   * @throws CallException if a proxy or the CA file in the settings can't be used
   */
  static Surroundings of(
      ModelSettings settings, Endpoint endpoint, UnaryOperator<@Nullable String> environment) {
    return new Surroundings(
        Proxies.of(endpoint, environment),
        endpoint.isEncrypted() ? trust(settings.caFile(), environment) : null);
  }

  private static @Nullable SSLContext trust(
      @Nullable String own, UnaryOperator<@Nullable String> environment) {
    try {
      if (own != null) {
        return Trust.with(Path.of(own));
      }
    } catch (Trust.UnusableFileException | IllegalArgumentException e) {
      throw new CallException(FailureKind.TLS, Coded.message(e));
    }
    String named = environment.apply(CA_VARIABLE);
    if (named == null || named.isBlank()) {
      return null;
    }
    try {
      return Trust.with(Path.of(named.strip()));
    } catch (Trust.UnusableFileException | IllegalArgumentException e) {
      // Somebody set it for other programs: the endpoint may well be trusted without it.
      LOG.warn("{} is not used: {}", CA_VARIABLE, e.getMessage());
      return null;
    }
  }
}
