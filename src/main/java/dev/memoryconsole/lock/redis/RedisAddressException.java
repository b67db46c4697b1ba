package dev.memoryconsole.lock.redis;

import dev.memoryconsole.lock.LockCode;
import dev.memoryconsole.message.CodedException;

/**
 * The address of the plugin's Redis is none: a sentence without its stop, and without the address.
 */
public final class RedisAddressException extends CodedException {
  RedisAddressException() {
    super(LockCode.REDIS_ADDRESS.with());
  }
}
