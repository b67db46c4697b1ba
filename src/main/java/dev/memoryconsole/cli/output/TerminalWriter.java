package dev.memoryconsole.cli.output;

import java.io.PrintWriter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a command prints goes through here, so that nothing in a memory, an id, a path or
 * an endpoint's answer reaches the terminal as anything but text, or forges a line of its own.
 *
 * <ul>
 *   <li>Control characters, marks that turn the direction of writing, characters that nobody sees
 *       (but the joiners that scripts and emoji need) and half surrogate pairs are shown as {@code
 *       \}{@code u001b}. In a JSON document, where they can stand in strings only, that is JSON's
 *       own escape: it reads back as the same text.
 *   <li>The arguments of {@code printf} stay on one line: their line breaks become spaces.
 * </ul>
 *
 * <p>Line feeds, carriage returns before one and tabs of the command itself pass. As thread-safe as
 * a {@link PrintWriter}.
 */
public final class TerminalWriter extends PrintWriter {
  /** Passes on to {@code out}, which stays open to be flushed and closed by its owner too. */
  public TerminalWriter(PrintWriter out) {
    super(out, true);
  }

  /** A text as one line that holds nothing but what can be seen. */
  public static String oneLine(String text) {
    return escape(text.replaceAll("[ \\t]*(?:\\R[ \\t]*)+", " "), false);
  }

  @Override
  public void write(String text, int offset, int length) {
    String safe = escape(text.substring(offset, offset + length), true);
    super.write(safe, 0, safe.length());
  }

  @Override
  public void write(char[] buffer, int offset, int length) {
    write(new String(buffer, offset, length), 0, length);
  }

  @Override
  public void write(int character) {
    write(String.valueOf((char) character), 0, 1);
  }

  @Override
  public PrintWriter format(String format, @Nullable Object... arguments) {
    return format(Locale.getDefault(Locale.Category.FORMAT), format, arguments);
  }

  @Override
  public PrintWriter format(@Nullable Locale locale, String format, @Nullable Object... arguments) {
    @Nullable Object[] safe = arguments.clone();
    for (int i = 0; i < safe.length; i++) {
      if (!isHarmless(safe[i])) {
        safe[i] = oneLine(String.valueOf(safe[i]));
      }
    }
    write(String.format(locale, format, safe));
    // As a writer that flushes by itself does: what is still here when the process ends is lost.
    flush();
    return this;
  }

  private static boolean isHarmless(@Nullable Object argument) {
    return argument == null
        || argument instanceof Number
        || argument instanceof Boolean
        || argument instanceof TemporalAccessor;
  }

  private static String escape(String text, boolean lines) {
    StringBuilder safe = null;
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      boolean ours = lines && (unit == '\n' || unit == '\t' || isBeforeLineFeed(text, i));
      boolean pair =
          i + 1 < text.length()
              && Character.isSurrogatePair(unit, text.charAt(i + 1))
              && !isTag(unit, text.charAt(i + 1));
      if (pair || ours || !isHidden(unit)) {
        if (safe != null) {
          safe.append(unit);
          if (pair) {
            safe.append(text.charAt(i + 1));
          }
        }
        i += pair ? 1 : 0;
      } else {
        if (safe == null) {
          safe = new StringBuilder(text.length() + 16).append(text, 0, i);
        }
        safe.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
      }
    }
    return safe == null ? text : safe.toString();
  }

  private static boolean isBeforeLineFeed(String text, int index) {
    return text.charAt(index) == '\r'
        && (index + 1 == text.length() || text.charAt(index + 1) == '\n');
  }

  /** A tag (U+E0000 to U+E007F) is an ASCII character that nobody sees. */
  private static boolean isTag(char high, char low) {
    return high == '\udb40' && low < '\udc80';
  }

  private static boolean isHidden(char unit) {
    return Character.isISOControl(unit)
        || Character.isSurrogate(unit)
        || unit == '\u2028'
        || unit == '\u2029'
        || unit == '\u00ad'
        || unit == '\u061c'
        || unit == '\u180e'
        || unit == '\u200b'
        || unit == '\u200e'
        || unit == '\u200f'
        || (unit >= '\u202a' && unit <= '\u202e')
        || (unit >= '\u2060' && unit <= '\u206f')
        || unit == '\ufeff'
        || (unit >= '\ufff9' && unit <= '\ufffb');
  }
}
