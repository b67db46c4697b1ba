package dev.memoryconsole.store.lance.table;

import dev.memoryconsole.store.lance.format.LanceCode;
import dev.memoryconsole.store.lance.library.NativeLibrary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.lance.Dataset;
import org.lance.ReadOptions;

/**
 * Four handles of one dataset, because each is at one version.
 *
 * @param allocator their native memory
 * @param admission what they go to another version through
 * @param lookup where rows are looked up by id
 * @param survey where they are counted and listed
 * @param target where they are written
 * @param ahead where they are read before that
 */
public record Handles(
    PluginFolder folder,
    BufferAllocator allocator,
    Admission admission,
    Shape shape,
    Dataset lookup,
    Dataset survey,
    Dataset target,
    Dataset ahead) {
  private static final LanceCode OPENING = LanceCode.OPENING;
  private static final long CACHE_BYTES = 64L << 20;
  private static final int COUNT = 4;

  /**
   * Opens a store's.
   *
   * @param nativeFolder where Lance's native library is unpacked and kept
   * @throws dev.memoryconsole.store.StoreException if it is no store of the plugin's, is damaged,
   *     or this platform can't open one
   */
  public static Handles open(Path path, Path nativeFolder) {
    PluginFolder folder = TableCheck.locate(path);
    Admission admission = new Admission(folder);
    admission.admitLatest();
    NativeLibrary.load(nativeFolder);
    BufferAllocator allocator = new RootAllocator();
    List<Dataset> all = new ArrayList<>(COUNT);
    boolean opened = false;
    try {
      for (int i = 0; i < COUNT; i++) {
        Dataset dataset = connect(folder, allocator);
        all.add(dataset);
        admission.admit(dataset.version());
      }
      Shape shape = shapeOf(folder, all.getFirst());
      opened = true;
      return new Handles(
          folder, allocator, admission, shape, all.get(0), all.get(1), all.get(2), all.get(3));
    } finally {
      if (!opened) {
        all.forEach(Dataset::close);
        allocator.close();
      }
    }
  }

  // What Lance throws is not always what its methods declare.
  private static Dataset connect(PluginFolder folder, BufferAllocator allocator) {
    try {
      return connect(folder.dataset().toString(), allocator, options());
    } catch (Exception e) {
      throw LanceProblems.of(folder.root(), OPENING, e);
    }
  }

  /** Another handle at a version of its own; what Lance's own checkout answers can't be scanned. */
  public static Dataset at(Dataset dataset, long version) {
    return connect(
        dataset.uri(), dataset.allocator(), options().setVersion(Math.toIntExact(version)));
  }

  private static Dataset connect(
      String uri, BufferAllocator allocator, ReadOptions.Builder options) {
    return Dataset.open().allocator(allocator).uri(uri).readOptions(options.build()).build();
  }

  private static ReadOptions.Builder options() {
    return new ReadOptions.Builder()
        .setIndexCacheSizeBytes(CACHE_BYTES)
        .setMetadataCacheSizeBytes(CACHE_BYTES);
  }

  private static Shape shapeOf(PluginFolder folder, Dataset dataset) {
    try {
      return TableCheck.accept(folder.root(), dataset.getSchema());
    } catch (Exception e) {
      throw LanceProblems.of(folder.root(), OPENING, e);
    }
  }
}
