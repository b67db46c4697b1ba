package dev.memoryconsole.store.sqlite.read;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names for rows whose id is no text that a Java string can hold: a BLOB or undecodable text by its
 * bytes as SQL writes them, a number by its digits, and a row without an id by its row number. So
 * they can be found and named; they are never written.
 */
public final class OddIds {
  private static final Pattern BYTES = Pattern.compile("x'((?:[0-9A-F]{2})*)'");
  private static final Pattern ROW = Pattern.compile("row (-?\\d{1,19})");
  private static final Pattern NUMBER =
      Pattern.compile("number (-?\\d{1,19}(?:\\.\\d+)?(?:E-?\\d+)?)");

  private OddIds() {}

  /**
   * The id in a column, or the name of the row.
   *
   * @param rowNumber the row number, if the row has one
   */
  public static String of(ResultSet row, int column, @Nullable Object rowNumber)
      throws SQLException {
    return switch (row.getObject(column)) {
      case null -> "row " + (rowNumber == null ? "?" : rowNumber);
      case String id when isSound(row, column, id) -> id;
      case String _ -> hex(row.getBytes(column));
      case byte[] bytes -> hex(bytes);
      case Object number -> "number " + number;
    };
  }

  /** The id in the first column, or the name of the row by the row number in the second. */
  static String first(ResultSet row) throws SQLException {
    return row.getObject(1) instanceof String id && isSound(row, 1, id)
        ? id
        : of(row, 1, row.getObject(2));
  }

  /** Whether this text is what the column holds, byte for byte. */
  public static boolean isSound(ResultSet row, int column, String text) throws SQLException {
    // What can't be decoded becomes this character, but it may as well be there.
    return text.indexOf('\uFFFD') < 0
        || Arrays.equals(text.getBytes(StandardCharsets.UTF_8), row.getBytes(column));
  }

  private static String hex(byte[] bytes) {
    return "x'" + HexFormat.of().withUpperCase().formatHex(bytes) + "'";
  }

  /**
   * A condition that holds for the row with this name; empty if it can only be a proper id.
   *
   * @param table the table's alias
   * @param rowNumber the expression of the row number; null if rows have none
   */
  public static Optional<String> condition(String name, String table, @Nullable String rowNumber) {
    Matcher bytes = BYTES.matcher(name);
    if (bytes.matches()) {
      return Optional.of("%1$s.id IN (%2$s, CAST(%2$s AS TEXT))".formatted(table, name));
    }
    Matcher row = ROW.matcher(name);
    if (row.matches() && rowNumber != null) {
      return Optional.of("%s.id IS NULL AND %s = %s".formatted(table, rowNumber, row.group(1)));
    }
    Matcher number = NUMBER.matcher(name);
    return number.matches()
        ? Optional.of("%s.id = %s".formatted(table, number.group(1)))
        : Optional.empty();
  }
}
