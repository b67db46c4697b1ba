package dev.memoryconsole.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds the codes of all rooms. */
final class Codes {
  private Codes() {}

  /** The constants of all enums of codes that are shipped. */
  static List<MessageCode> all() throws IOException, URISyntaxException, ClassNotFoundException {
    Path root = Path.of(Message.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<MessageCode> codes = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(each -> each.toString().endsWith("Code.class")).toList()) {
        String name = root.relativize(file).toString().replaceFirst("\\.class$", "");
        Class<?> type = Class.forName(name.replace('/', '.').replace('\\', '.'));
        if (type.isEnum() && MessageCode.class.isAssignableFrom(type)) {
          for (Object constant : type.getEnumConstants()) {
            codes.add((MessageCode) constant);
          }
        }
      }
    }
    assertThat(codes).isNotEmpty();
    return codes;
  }
}
