package dev.memoryconsole.settings;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.memoryconsole.message.CodedCheckedException;
import dev.memoryconsole.message.Message;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the key is, never the key itself.
 *
 * @param environment the name of an environment variable, or null
 * @param keychain the name of an entry in the system's keychain, or null
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KeySource(@Nullable String environment, @Nullable String keychain) {
  /** No key is needed. */
  public static final KeySource NONE = new KeySource(null, null);

  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
  private static final Pattern ENTRY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}");
  // Somebody may paste the key where its place belongs.
  private static final Pattern KEY =
      Pattern.compile("(sk-|sk_|gsk_|ghp_|hf_|xai-|AIza).*|(?=.*[0-9])(?=.*[a-z])[A-Za-z0-9]{32,}");

  /** An environment variable. */
  public static KeySource ofEnvironment(String name) {
    return new KeySource(name, null);
  }

  /** An entry of the system's keychain. */
  public static KeySource ofKeychain(String name) {
    return new KeySource(null, name);
  }

  /** Whether somebody seems to have pasted a key where the name of its place belongs. */
  public static boolean looksLikeKey(String name) {
    return KEY.matcher(name.strip()).matches();
  }

  /**
   * What is wrong with it; a place that can't be one is refused, for it may be the key itself, and
   * must be neither used nor saved nor said.
   */
  public Optional<Message> problem() {
    boolean good =
        (environment == null
                || (VARIABLE.matcher(environment).matches() && !KEY.matcher(environment).matches()))
            && (keychain == null
                || (ENTRY.matcher(keychain).matches() && !KEY.matcher(keychain).matches()));
    return good ? Optional.empty() : Optional.of(SettingsCode.KEY_ITSELF.with());
  }

  /** There is no key where it should be. The message is one sentence and never holds a key. */
  public static final class KeyNotFoundException extends CodedCheckedException {
    /** Says where a key was expected. */
    public KeyNotFoundException(Message message) {
      super(message);
    }
  }
}
