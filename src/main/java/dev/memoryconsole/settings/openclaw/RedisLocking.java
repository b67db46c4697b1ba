package dev.memoryconsole.settings.openclaw;

import dev.memoryconsole.settings.Secret;

/**
 * The plugin's lock through Redis, as its configuration or the environment says. The address holds
 * the password as a rule, so it is shown by nothing.
 *
 * @param url {@code redis://} or {@code rediss://}; empty if the lock is on and no address is given
 * @param keyPrefix empty for the plugin's own
 * @param ttlMillis for how long a lease lasts
 * @param dbPath the store's folder as the plugin names it, on which the key depends
 * @param unset a variable that these name and that is not set, so that they are not known; empty if
 *     there is none
 */
public record RedisLocking(
    Secret url, String keyPrefix, long ttlMillis, String dbPath, String unset) {
  /** What the plugin takes where it is not told. */
  public static final long TTL_MILLIS = 60_000;
}
