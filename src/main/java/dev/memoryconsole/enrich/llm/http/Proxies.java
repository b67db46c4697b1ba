package dev.memoryconsole.enrich.llm.http;

import dev.memoryconsole.enrich.llm.failure.CallException;
import dev.memoryconsole.enrich.llm.failure.EndpointCode;
import dev.memoryconsole.enrich.llm.failure.FailureKind;
import dev.memoryconsole.settings.Endpoint;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The proxy on the way to an endpoint, as the environment names it: {@code HTTPS_PROXY}, {@code
 * HTTP_PROXY}, {@code ALL_PROXY} and {@code NO_PROXY}, in lower case first, read as curl and Go
 * read them. This machine is never asked through a proxy. Immutable.
 *
 * @param proxy where it is; null for none
 * @param variable the variable that names it; empty for none
 * @param authorization what the proxy wants to know of the user; null for nothing. Never to be
 *     shown
 */
record Proxies(@Nullable InetSocketAddress proxy, String variable, @Nullable String authorization) {
  private static final Proxies NONE = new Proxies(null, "", null);
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9.]+|\\[?[0-9a-fA-F:.]*:[0-9a-fA-F:.]*\\]?");

  /**
   * For this endpoint.
   *
   * @throws CallException if the variable names something that can't be used as a proxy
   */
  static Proxies of(Endpoint endpoint, UnaryOperator<@Nullable String> environment) {
    if (endpoint.isLoopback() || isExempt(endpoint.uri(), value(environment, "NO_PROXY").value())) {
      return NONE;
    }
    Named named = value(environment, endpoint.isEncrypted() ? "HTTPS_PROXY" : "HTTP_PROXY");
    if (named.value().isEmpty()) {
      named = value(environment, "ALL_PROXY");
    }
    return named.value().isEmpty() ? NONE : proxy(named);
  }

  private record Named(String variable, String value) {}

  private static Named value(UnaryOperator<@Nullable String> environment, String name) {
    for (String variable : List.of(name.toLowerCase(Locale.ROOT), name)) {
      String value = environment.apply(variable);
      if (value != null && !value.isBlank()) {
        return new Named(variable, value.strip());
      }
    }
    return new Named(name, "");
  }

  private static Proxies proxy(Named named) {
    String value = named.value().contains("://") ? named.value() : "http://" + named.value();
    URI uri;
    try {
      uri = new URI(value);
    } catch (URISyntaxException e) {
      throw unusable(named, EndpointCode.VARIABLE_IS_NO_URL);
    }
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http")) {
      throw unusable(
          named,
          scheme.startsWith("socks")
              ? EndpointCode.VARIABLE_NAMES_SOCKS
              : EndpointCode.VARIABLE_NAMES_OTHER_SCHEME);
    }
    if (uri.getHost() == null) {
      throw unusable(named, EndpointCode.VARIABLE_NAMES_NO_HOST);
    }
    String user = uri.getRawUserInfo();
    return new Proxies(
        InetSocketAddress.createUnresolved(
            uri.getHost().replaceAll("[\\[\\]]", ""), uri.getPort() < 0 ? 80 : uri.getPort()),
        named.variable(),
        user == null ? null : "Basic " + base64(user));
  }

  private static String base64(String rawUser) {
    String user = URLDecoder.decode(rawUser.replace("+", "%2B"), StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
  }

  /** Its value may hold a password and is not repeated. */
  private static CallException unusable(Named named, EndpointCode why) {
    return new CallException(FailureKind.PROXY_REFUSED, why.with(named.variable()));
  }

  /** Whether the list exempts a URL: by name, suffix, address, network, each with a port or not. */
  static boolean isExempt(URI uri, String list) {
    String host = uri.getHost().toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "");
    int port =
        uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    for (String entry : list.toLowerCase(Locale.ROOT).split("[,\\s]+", -1)) {
      if (!entry.isEmpty() && matches(entry, host, port)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(String entry, String host, int port) {
    if (entry.equals("*")) {
      return true;
    }
    if (entry.contains("/")) {
      return isWithin(host, entry);
    }
    String name = entry;
    int colon = entry.lastIndexOf(':');
    boolean hasPort = colon > 0 && (entry.indexOf(':') == colon || entry.charAt(colon - 1) == ']');
    if (hasPort) {
      if (!entry.substring(colon + 1).equals(Integer.toString(port))) {
        return false;
      }
      name = entry.substring(0, colon);
    }
    name = name.replaceAll("[\\[\\]]", "");
    if (ADDRESS.matcher(name).matches()) {
      byte[] wanted = address(name);
      byte[] got = address(host);
      return wanted != null && got != null && Arrays.equals(wanted, got);
    }
    name =
        name.startsWith("*.") ? name.substring(2) : name.startsWith(".") ? name.substring(1) : name;
    return host.equals(name) || host.endsWith("." + name);
  }

  private static boolean isWithin(String host, String network) {
    int slash = network.indexOf('/');
    byte[] base = address(network.substring(0, slash));
    byte[] got = address(host);
    String length = network.substring(slash + 1);
    if (base == null || got == null || base.length != got.length || !length.matches("\\d{1,3}")) {
      return false;
    }
    int bits = base.length * 8;
    int dropped = bits - Math.min(bits, Integer.parseInt(length));
    return new BigInteger(1, base)
        .shiftRight(dropped)
        .equals(new BigInteger(1, got).shiftRight(dropped));
  }

  /** The bytes of a literal address; null for a name, which is never looked up. */
  private static byte @Nullable [] address(String text) {
    String bare = text.replaceAll("[\\[\\]]", "");
    if (!ADDRESS.matcher(bare).matches()) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(bare).getAddress();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The proxy in words for the admin; empty if there is none. */
  String words() {
    return proxy == null
        ? ""
        : proxy.getHostString() + ":" + proxy.getPort() + " (" + variable + ")";
  }

  /** A selector for the JDK's client; empty if its default will do. */
  Optional<ProxySelector> selector() {
    return Optional.ofNullable(proxy)
        .map(
            address ->
                ProxySelector.of(
                    new InetSocketAddress(address.getHostString(), address.getPort())));
  }
}
