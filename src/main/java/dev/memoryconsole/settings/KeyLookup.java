package dev.memoryconsole.settings;

import dev.memoryconsole.message.Message;
import dev.memoryconsole.settings.KeySource.KeyNotFoundException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Finds keys where the settings say they are. Thread-safe if what it asks is. */
public final class KeyLookup {
  private final UnaryOperator<@Nullable String> environment;
  private final SystemKeychain keychain;

  /** Asks this environment and this keychain. */
  public KeyLookup(UnaryOperator<@Nullable String> environment, SystemKeychain keychain) {
    this.environment = environment;
    this.keychain = keychain;
  }

  /** Where the environment's variables come from; also those that name a proxy. */
  public UnaryOperator<@Nullable String> environment() {
    return environment;
  }

  /** Asks the process' environment and the system's keychain. */
  public static KeyLookup system() {
    return new KeyLookup(System::getenv, SystemKeychain.ofThisSystem());
  }

  /**
   * The key, or empty if none is needed. May start a program and wait for it.
   *
   * @throws KeyNotFoundException if there is none where it should be
   * @throws InterruptedException if interrupted while the keychain was asked
   */
  public Optional<Secret> find(KeySource source) throws KeyNotFoundException, InterruptedException {
    Optional<Message> problem = source.problem();
    if (problem.isPresent()) {
      throw new KeyNotFoundException(problem.get());
    }
    String variable = source.environment();
    if (variable != null) {
      String value = environment.apply(variable);
      if (value == null || value.isBlank()) {
        throw new KeyNotFoundException(SettingsCode.NO_KEY_IN_VARIABLE.with(variable));
      }
      return Optional.of(usable(new Secret(value), SettingsCode.VARIABLE_UNUSABLE.with(variable)));
    }
    String entry = source.keychain();
    if (entry != null) {
      return Optional.of(usable(keychain.read(entry), SettingsCode.ENTRY_UNUSABLE.with(entry)));
    }
    return Optional.empty();
  }

  private static Secret usable(Secret secret, Message otherwise) throws KeyNotFoundException {
    if (!secret.isUsable()) {
      throw new KeyNotFoundException(otherwise);
    }
    return secret;
  }
}
