package dev.memoryconsole.cli.option;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/**
 * A length of time as it is typed: a number and a unit.
 *
 * @param number at least 1
 * @param unit s, m, h or d
 */
public record Since(long number, char unit) {
  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,5})([smhd])");

  /** Reads it from the command line. */
  public static final class Converter implements CommandLine.ITypeConverter<Since> {
    @Override
    public Since convert(String text) {
      Matcher matcher = FORM.matcher(text);
      if (!matcher.matches()) {
        throw new CommandLine.TypeConversionException(
            "'" + text + "' is no length of time; say for example 30s, 15m, 1h or 7d");
      }
      return new Since(Long.parseLong(matcher.group(1)), matcher.group(2).charAt(0));
    }
  }

  /** The length itself. */
  public Duration duration() {
    return switch (unit) {
      case 's' -> Duration.ofSeconds(number);
      case 'm' -> Duration.ofMinutes(number);
      case 'h' -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  /** Words to follow "the last": "hour", "15 minutes". */
  public String words() {
    String name =
        switch (unit) {
          case 's' -> "second";
          case 'm' -> "minute";
          case 'h' -> "hour";
          default -> "day";
        };
    return number == 1 ? name : number + " " + name + "s";
  }
}
