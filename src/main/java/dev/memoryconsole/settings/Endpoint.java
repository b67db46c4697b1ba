package dev.memoryconsole.settings;

import dev.memoryconsole.message.Coded;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.message.Wording;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where memories are sent.
 *
 * @param uri the base URL without a slash at its end and without the name of a call
 */
public record Endpoint(URI uri) {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");
  // People paste the address of the call itself.
  private static final Pattern CALL =
      Pattern.compile(
          "(?:/+(?:chat/+completions|completions|messages|responses|models|api/+chat))?/*$");
  private static final Pattern VERSION =
      Pattern.compile(".*/v\\d+[a-z0-9]*(/.*)?|.*/openai|.*/deployments/.*");
  private static final Pattern SECRET_PARAMETER =
      Pattern.compile(
          "(?i)(?:.*[_-])?(?:key|token|secret|sig|signature|password|pwd|code|auth|authorization)");
  private static final Pattern AZURE =
      Pattern.compile(
          ".*\\.(?:openai\\.azure\\.(?:com|us|cn)|cognitiveservices\\.azure\\.(?:com|us|cn)"
              + "|services\\.ai\\.azure\\.com|azure-api\\.net)");

  /** What is wrong with a base URL, one sentence; empty if nothing. */
  public static Optional<Message> problem(String baseUrl, List<String> confirmedHttpHosts) {
    Endpoint endpoint;
    try {
      endpoint = of(baseUrl);
    } catch (UnusableException e) {
      return Optional.of(e.message());
    }
    if (endpoint.isEncrypted()
        || endpoint.isLoopback()
        || confirmedHttpHosts.contains(endpoint.host())) {
      return Optional.empty();
    }
    return Optional.of(SettingsCode.UNENCRYPTED.with(endpoint.host()));
  }

  /**
   * Reads this base URL. The name of a call at its end, such as {@code /chat/completions}, is
   * dropped; a query such as Azure's {@code ?api-version=} stays.
   *
   * @throws UnusableException if it is none; the message is one sentence without the URL, which may
   *     hold a password
   */
  public static Endpoint of(String baseUrl) {
    URI uri;
    try {
      uri = new URI(withoutCall(baseUrl.strip()));
    } catch (URISyntaxException e) {
      throw new UnusableException(SettingsCode.URL_IS_NONE.with());
    }
    String scheme = uri.getScheme();
    if (scheme == null || !scheme.matches("(?i)https?") || uri.getHost() == null) {
      throw new UnusableException(SettingsCode.URL_BEGINS_OTHERWISE.with());
    }
    if (uri.getRawUserInfo() != null
        || uri.getRawFragment() != null
        || hasSecret(uri.getRawQuery())) {
      throw new UnusableException(SettingsCode.URL_WITH_SECRET.with());
    }
    return new Endpoint(uri);
  }

  private static String withoutCall(String url) {
    int end = url.indexOf('?') < 0 ? url.length() : url.indexOf('?');
    int path = url.indexOf('/', url.indexOf("://") < 0 ? 0 : url.indexOf("://") + 3);
    if (path < 0 || path > end) {
      return url;
    }
    String rest = url.substring(end);
    return url.substring(0, path)
        + CALL.matcher(url.substring(path, end)).replaceFirst("")
        + (rest.equals("?") ? "" : rest);
  }

  private static boolean hasSecret(@Nullable String query) {
    if (query == null) {
      return false;
    }
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? "" : parameter.substring(0, equals);
      String value = parameter.substring(equals + 1);
      if (SECRET_PARAMETER.matcher(name).matches() || KeySource.looksLikeKey(value)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Where a call goes, the likeliest first. With no version in its path the URL may be the server's
   * alone, as Ollama prints it, or all there is: then there are two places.
   *
   * @param call such as {@code chat/completions}
   */
  public List<URI> placesOf(String call) {
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    List<String> bases = new ArrayList<>(List.of(path));
    if (!VERSION.matcher(path).matches()) {
      bases.add(path.isEmpty() ? 0 : 1, path + "/v1");
    }
    return bases.stream().map(base -> at(base + "/" + call)).toList();
  }

  /** Where the models are listed; Azure's are not below the deployment. */
  public List<URI> placesOfModels() {
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    int deployment = path.indexOf("/deployments/");
    return deployment < 0
        ? placesOf("models")
        : List.of(at(path.substring(0, deployment) + "/models"));
  }

  private URI at(String path) {
    String query = uri.getRawQuery();
    return URI.create(
        uri.getScheme()
            + "://"
            + uri.getRawAuthority()
            + path
            + (query == null ? "" : "?" + query));
  }

  /** Whether it is Azure's, which wants the key in a header of its own. */
  public boolean isAzure() {
    String query = uri.getRawQuery();
    return AZURE.matcher(uri.getHost().toLowerCase(Locale.ROOT)).matches()
        || (query != null && query.contains("api-version="));
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

  /** What was given is no base URL. The message never holds it. */
  public static final class UnusableException extends IllegalArgumentException implements Coded {
    private final Message message;

    UnusableException(Message message) {
      this.message = message;
    }

    @Override
    public Message message() {
      return message;
    }

    /** In English. */
    @Override
    public String getMessage() {
      return Wording.ENGLISH.of(message);
    }
  }
}
