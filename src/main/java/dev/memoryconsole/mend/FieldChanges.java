package dev.memoryconsole.mend;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What is to be set in all the memories of a mend. Immutable.
 *
 * @param values texts or, for the importance, {@link Double}s
 */
public record FieldChanges(Map<MendField, Object> values) {
  /** Copies the values. */
  public FieldChanges {
    Map<MendField, Object> copy = new EnumMap<>(MendField.class);
    copy.putAll(values);
    values = Collections.unmodifiableMap(copy);
  }

  /**
   * Reads assignments as they are typed, {@code field=value}.
   *
   * @throws MendException if one is none, or a field comes twice
   */
  public static FieldChanges parse(Collection<String> assignments) {
    Map<MendField, Object> values = new EnumMap<>(MendField.class);
    for (String assignment : assignments) {
      int sign = assignment.indexOf('=');
      if (sign < 0) {
        throw new MendException(MendCode.NO_ASSIGNMENT.with(assignment));
      }
      String name = assignment.substring(0, sign).strip();
      MendField field =
          MendField.of(name)
              .orElseThrow(
                  () -> new MendException(MendCode.NO_SUCH_FIELD.with(name, fieldNames())));
      if (values.put(field, field.parse(assignment.substring(sign + 1))) != null) {
        throw new MendException(MendCode.SET_TWICE.with(name));
      }
    }
    return new FieldChanges(values);
  }

  private static String fieldNames() {
    return String.join(", ", Arrays.stream(MendField.values()).map(MendField::key).toList());
  }
}
