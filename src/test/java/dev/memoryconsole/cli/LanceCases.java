package dev.memoryconsole.cli;

import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.store.lance.PluginTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Runs commands on damaged copies of a store in a process of its own, because what is wrong here
 * ends the process. Says one line for each: the case, the exit code, whether the store's bytes are
 * what they were, and the sentence.
 */
final class LanceCases {
  private LanceCases() {}

  /** Arguments: the store, a folder to work in, the first and the last seed. */
  public static void main(String[] arguments) throws Exception {
    Path source = Path.of(arguments[0]);
    Path folder = Path.of(arguments[1]);
    for (int seed = Integer.parseInt(arguments[2]); seed < Integer.parseInt(arguments[3]); seed++) {
      Path store = PluginTable.copy(source, folder.resolve("store" + seed));
      String damage = damage(store, new Random(seed * 7_919L));
      Map<String, Integer> before = bytes(store);
      for (String command : List.of("stats", "list")) {
        // So that a case that ends the process can be told.
        System.out.printf("%d %s%n", seed, damage);
        Answer answer = Answer.of(folder, new SimpleEnricher(), command, store.toString());
        System.out.printf(
            "answer\t%d\t%s\t%s%n",
            answer.code(), bytes(store).equals(before), answer.err().strip().replace("\n", "\\n"));
      }
    }
  }

  private static String damage(Path store, Random random) throws IOException {
    List<Path> files = files(store);
    Path file = files.get(random.nextInt(files.size()));
    byte[] bytes = Files.readAllBytes(file);
    String name = store.relativize(file) + " ";
    return switch (random.nextInt(bytes.length == 0 ? 1 : 7)) {
      case 0 -> {
        Files.delete(file);
        yield name + "gone";
      }
      case 1 -> {
        Files.write(file, new byte[0]);
        yield name + "empty";
      }
      case 2 -> {
        int length = random.nextInt(bytes.length);
        Files.write(file, Arrays.copyOf(bytes, length));
        yield name + "cut to " + length;
      }
      case 3 -> {
        int from = random.nextInt(bytes.length);
        Arrays.fill(bytes, from, Math.min(bytes.length, from + 512), (byte) 0);
        Files.write(file, bytes);
        yield name + "zeros from " + from;
      }
      default -> {
        // Most of what a file says of itself is at its end.
        int range = random.nextBoolean() ? bytes.length : Math.min(bytes.length, 1_600);
        int flips = 1 << random.nextInt(5);
        for (int i = 0; i < flips; i++) {
          int at = bytes.length - 1 - random.nextInt(range);
          bytes[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        }
        Files.write(file, bytes);
        yield name + flips + " bits flipped";
      }
    };
  }

  /** The hash of each file. */
  static Map<String, Integer> bytes(Path store) throws IOException {
    Map<String, Integer> all = new TreeMap<>();
    for (Path file : files(store)) {
      all.put(store.relativize(file).toString(), Arrays.hashCode(Files.readAllBytes(file)));
    }
    return all;
  }

  private static List<Path> files(Path store) throws IOException {
    try (Stream<Path> files = Files.walk(store)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
