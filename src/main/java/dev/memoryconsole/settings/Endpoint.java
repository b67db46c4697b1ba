package dev.memoryconsole.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where memories are sent.
 *
 * @param uri the base URL without a slash at its end
 */
public record Endpoint(URI uri) {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");

  /** What is wrong with a base URL, one sentence; empty if nothing. */
  public static Optional<String> problem(String baseUrl, List<String> confirmedHttpHosts) {
    Endpoint endpoint;
    try {
      endpoint = of(baseUrl);
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
    if (endpoint.isEncrypted()
        || endpoint.isLoopback()
        || confirmedHttpHosts.contains(endpoint.host())) {
      return Optional.empty();
    }
    return Optional.of(
        "The base URL would send memories unencrypted to "
            + endpoint.host()
            + "; use https, or confirm that host.");
  }

  /**
   * Of this base URL.
   *
   * @throws IllegalArgumentException if it is none; the message is one sentence without the URL,
   *     which may hold a password
   */
  public static Endpoint of(String baseUrl) {
    URI uri;
    try {
      uri = new URI(withoutSlash(baseUrl.strip()));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "The base URL is no URL; it should look like https://api.openai.com/v1.");
    }
    String scheme = uri.getScheme();
    if (scheme == null || !scheme.matches("(?i)https?") || uri.getHost() == null) {
      throw new IllegalArgumentException(
          "The base URL must begin with https:// or http:// and a host, like"
              + " https://api.openai.com/v1.");
    }
    if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "The base URL must have no user, password, query or fragment; the key comes from an"
              + " environment variable or the keychain.");
    }
    return new Endpoint(uri);
  }

  private static String withoutSlash(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /** The host as the admin should see it, with its port if it is not the usual one. */
  public String host() {
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    return uri.getPort() < 0 ? host : host + ":" + uri.getPort();
  }

  /** Whether what is sent is encrypted. */
  public boolean isEncrypted() {
    return "https".equalsIgnoreCase(uri.getScheme());
  }

  /** Whether it is this machine; decided by the name alone, nothing is asked. */
  public boolean isLoopback() {
    return LOOPBACK.matcher(uri.getHost().toLowerCase(Locale.ROOT)).matches();
  }
}
