package dev.memoryconsole.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A thing that may have to be said. Implemented by one enum in each room, called {@code RoomCode}.
 */
public interface MessageCode {
  /** The constant's name. */
  String name();

  /** The enum. */
  Class<?> getDeclaringClass();

  /** The types of its arguments, in their order. */
  List<Argument> parameters();

  /** The room, which is the name of the bundle too: {@code store} for {@code StoreCode}. */
  default String room() {
    String name = getDeclaringClass().getSimpleName().replaceFirst("Code$", "");
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  /** The key in the room's bundle: {@code notOpened} for {@code NOT_OPENED}. */
  default String key() {
    StringBuilder key = new StringBuilder();
    for (String word : name().toLowerCase(Locale.ROOT).split("_", -1)) {
      key.append(
              key.isEmpty() ? word.substring(0, 1) : word.substring(0, 1).toUpperCase(Locale.ROOT))
          .append(word.substring(1));
    }
    return key.toString();
  }

  /** The code as messages and journals have it: {@code store.notOpened}. */
  default String code() {
    return room() + "." + key();
  }

  /**
   * The message with these arguments.
   *
   * @throws IllegalArgumentException if their number or one's type is wrong
   */
  default Message with(Object... arguments) {
    if (arguments.length != parameters().size()) {
      throw new IllegalArgumentException(
          code() + " takes " + parameters().size() + " arguments, not " + arguments.length);
    }
    List<Object> checked = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      checked.add(parameters().get(i).of(arguments[i]));
    }
    return new Message(code(), checked);
  }
}
