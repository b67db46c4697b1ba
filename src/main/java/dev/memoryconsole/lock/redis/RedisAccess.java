package dev.memoryconsole.lock.redis;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;

/**
 * Where the Redis is, and how the plugin names and times its lock there. The password is in none of
 * its words. Immutable.
 */
public final class RedisAccess {
  /** What the plugin names its keys if its configuration does not say. */
  public static final String KEY_PREFIX = "memory-lancedb-pro:write-lock";

  /** For how long a lease lasts if the plugin's configuration does not say. */
  public static final Duration TTL = Duration.ofSeconds(60);

  private static final int PORT = 6379;
  private static final int TIMEOUT_MILLIS = 1_000;

  /** Certificates are no secret; Java wants one to check that they are whole. */
  private static final String NO_SECRET = "certificates";

  private final HostAndPort place;
  private final String user;
  private final String password;
  private final int database;
  private final boolean tls;
  private final String keyPrefix;
  private final Duration ttl;
  private final @Nullable KeyStore trust;

  private RedisAccess(URI url, String keyPrefix, Duration ttl) {
    this.place = new HostAndPort(host(url), url.getPort() < 0 ? PORT : url.getPort());
    this.tls = "rediss".equals(scheme(url));
    String info = url.getRawUserInfo() == null ? "" : url.getRawUserInfo();
    int colon = info.indexOf(':');
    this.user = decoded(colon < 0 ? info : info.substring(0, colon));
    this.password = colon < 0 ? "" : decoded(info.substring(colon + 1));
    this.database = database(url);
    this.keyPrefix = keyPrefix;
    this.ttl = ttl;
    this.trust = null;
  }

  private RedisAccess(RedisAccess same, @Nullable KeyStore trust) {
    this.place = same.place;
    this.user = same.user;
    this.password = same.password;
    this.database = same.database;
    this.tls = same.tls;
    this.keyPrefix = same.keyPrefix;
    this.ttl = same.ttl;
    this.trust = trust;
  }

  /** Has the certificate checked against other authorities; null for Java's own. */
  public RedisAccess trusting(@Nullable KeyStore authorities) {
    return new RedisAccess(this, authorities);
  }

  /** Whether the connection is encrypted. */
  public boolean isEncrypted() {
    return tls;
  }

  /**
   * From the plugin's configuration.
   *
   * @param url {@code redis://} or {@code rediss://}, with user, password and number of the
   *     database if need be
   * @param keyPrefix blank for {@link #KEY_PREFIX}
   * @param ttl for how long a lease lasts
   * @throws RedisAddressException if the address is none; its words do not repeat it
   */
  public static RedisAccess of(String url, String keyPrefix, Duration ttl) {
    String address = url.strip();
    try {
      URI uri = new URI(address.contains("://") ? address : "redis://" + address);
      String scheme = scheme(uri);
      if (!scheme.equals("redis") && !scheme.equals("rediss")) {
        throw new RedisAddressException();
      }
      return new RedisAccess(uri, keyPrefix.isBlank() ? KEY_PREFIX : keyPrefix.strip(), ttl);
    } catch (URISyntaxException e) {
      // Its message repeats the address, and with it the password.
      throw new RedisAddressException();
    }
  }

  private static String scheme(URI url) {
    return String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
  }

  private static String host(URI url) {
    String host = url.getHost();
    if (host == null || host.isEmpty()) {
      throw new RedisAddressException();
    }
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static int database(URI url) {
    String path = url.getPath() == null ? "" : url.getPath().replace("/", "");
    try {
      return path.isEmpty() ? 0 : Integer.parseInt(path);
    } catch (NumberFormatException e) {
      throw new RedisAddressException();
    }
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  HostAndPort place() {
    return place;
  }

  String keyPrefix() {
    return keyPrefix;
  }

  Duration ttl() {
    return ttl;
  }

  JedisClientConfig client() {
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder()
            .connectionTimeoutMillis(TIMEOUT_MILLIS)
            .socketTimeoutMillis(TIMEOUT_MILLIS)
            .clientName("memory-console")
            .user(nullIfEmpty(user))
            .password(nullIfEmpty(password))
            .database(database);
    if (tls) {
      // The certificate must be valid and of this host.
      SslOptions.Builder options = SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL);
      if (trust != null) {
        byte[] authorities = bytes(trust);
        options
            .trustStoreType(trust.getType())
            .truststore(() -> new ByteArrayInputStream(authorities), NO_SECRET.toCharArray());
      }
      config.sslOptions(options.build());
    }
    return config.build();
  }

  private static byte[] bytes(KeyStore authorities) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      authorities.store(bytes, NO_SECRET.toCharArray());
      return bytes.toByteArray();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("The certificates of one's own can't be used.", e);
    }
  }

  private static @Nullable String nullIfEmpty(String text) {
    return text.isEmpty() ? null : text;
  }

  /** Host and port; never user or password. */
  @Override
  public String toString() {
    return place.getHost() + ":" + place.getPort();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RedisAccess that
        && place.equals(that.place)
        && user.equals(that.user)
        && password.equals(that.password)
        && database == that.database
        && tls == that.tls
        && keyPrefix.equals(that.keyPrefix)
        && ttl.equals(that.ttl);
  }

  @Override
  public int hashCode() {
    return place.hashCode();
  }
}
