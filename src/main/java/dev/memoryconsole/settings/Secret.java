package dev.memoryconsole.settings;

import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A key in memory. Whatever prints it prints stars. Immutable. */
public final class Secret {
  private static final String MASK = "***";
  private static final Pattern PRINTABLE = Pattern.compile("[!-~]+");

  private final String value;

  /** Wraps this key; white space around it is dropped. */
  public Secret(String value) {
    this(value, false);
  }

  private Secret(String value, boolean exactly) {
    this.value = exactly ? value : value.strip();
  }

  /** Wraps this password, which may begin and end with white space. */
  public static Secret exactly(String value) {
    return new Secret(value, true);
  }

  /** Whether it can be sent in a header: printable ASCII and not empty. */
  public boolean isUsable() {
    return PRINTABLE.matcher(value).matches();
  }

  /** The key itself, for the one header that needs it. */
  public String reveal() {
    return value;
  }

  /** The text with every occurrence of the key masked. */
  public String maskIn(String text) {
    return value.length() < 4 ? text : text.replace(value, MASK);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Secret secret && secret.value.equals(value);
  }

  @Override
  public int hashCode() {
    return Objects.hash(value);
  }

  @Override
  public String toString() {
    return MASK;
  }
}
