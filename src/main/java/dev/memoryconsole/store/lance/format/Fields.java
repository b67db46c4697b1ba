package dev.memoryconsole.store.lance.format;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The columns that a manifest or a data file declares, one message each. */
final class Fields {
  private static final int ID = 3;
  private static final int PARENT = 4;
  private static final int TYPE = 5;

  /** What Lance 2.0.0 knows; it ends the whole process at any other. */
  private static final String PRIMITIVE =
      "null|bool|u?int(8|16|32|64)|halffloat|float|double|(large_)?(string|binary)|json|blob"
          + "|date32:day|date64:ms|(timestamp|duration|time32|time64):(s|ms|us|ns)(:.+)?"
          + "|decimal:(128|256):\\d{1,3}:-?\\d{1,3}|fixed_size_binary:\\d{1,9}";

  private static final Pattern KNOWN =
      Pattern.compile(
          PRIMITIVE
              + "|(struct|(large_)?list(\\.struct)?|map(\\.struct)?)"
              + "|fixed_size_list:("
              + PRIMITIVE
              + "|lance\\.bfloat16):\\d{1,9}"
              + "|dict:.+:.+:(true|false)");

  private static final Pattern NESTING =
      Pattern.compile(
          "(struct|(large_)?list(\\.struct)?|map|map\\.struct|fixed_size_list:.*|blob)");

  private final Map<Integer, String> known = new HashMap<>();
  private boolean nested;

  /** Adds one; says so by an exception if it is none. */
  void add(ProtoMessage field) {
    int id = 0;
    int parent = 0;
    String type = "";
    while (field.next()) {
      switch (field.field()) {
        case ID -> id = (int) field.number();
        case PARENT -> parent = (int) field.number();
        case TYPE -> type = field.text();
        default -> {
          // Nothing depends on it.
        }
      }
    }
    if (!KNOWN.matcher(type).matches()) {
      throw new IllegalArgumentException("a column of an unknown type");
    }
    if (parent != -1 && !NESTING.matcher(known.getOrDefault(parent, "")).matches()) {
      throw new IllegalArgumentException("a column inside one that holds none");
    }
    nested |= parent != -1;
    if (id < 0 || known.put(id, type) != null) {
      throw new IllegalArgumentException("a column twice");
    }
  }

  int count() {
    return known.size();
  }

  /** Whether there is a column inside another, so that their lengths differ. */
  boolean areNested() {
    return nested;
  }
}
