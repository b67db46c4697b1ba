package dev.memoryconsole.about;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the program that is not ours.
 *
 * @param name its name, version and coordinates
 * @param licences the licences that it can be had under, by their SPDX identifiers
 */
public record ThirdParty(String name, String licences) {
  private static final String FILE = "/dev/memoryconsole/assets/THIRD-PARTY.txt";
  private static final String INDENT = "  ";

  /** All that is inside, as the build found it; empty where it was not asked, as in an editor. */
  public static List<ThirdParty> inside() {
    try (InputStream in = ThirdParty.class.getResourceAsStream(FILE)) {
      return in == null
          ? List.of()
          : read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a name to a line, with its licences in the next, further in. */
  static List<ThirdParty> read(BufferedReader lines) throws IOException {
    List<ThirdParty> found = new ArrayList<>();
    String name = "";
    for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(INDENT)) {
        found.add(new ThirdParty(name, line.strip()));
      } else {
        name = line;
      }
    }
    return found;
  }
}
