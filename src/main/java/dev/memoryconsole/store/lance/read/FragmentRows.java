package dev.memoryconsole.store.lance.read;

import dev.memoryconsole.store.scan.Row;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lance.FragmentMetadata;
import org.lance.fragment.DataFile;
import org.lance.fragment.DeletionFile;

/**
 * The rows of one fragment. Its files never change; only which of its rows are deleted does.
 *
 * @param files the fragment's data files
 * @param deletions which of its rows are deleted; null for none
 * @param rows those that are left
 */
public record FragmentRows(List<String> files, @Nullable DeletionFile deletions, List<Row> rows) {
  /** Rows of a fragment as it is now. */
  public static FragmentRows of(FragmentMetadata fragment, List<Row> rows) {
    return new FragmentRows(files(fragment), fragment.getDeletionFile(), List.copyOf(rows));
  }

  private static List<String> files(FragmentMetadata fragment) {
    return fragment.getFiles().stream().map(DataFile::getPath).toList();
  }

  /** Whether a fragment has the same files. */
  public boolean isOf(FragmentMetadata fragment) {
    return files.equals(files(fragment));
  }

  /** Whether exactly the same rows of it are deleted. */
  public boolean hasDeletionsOf(FragmentMetadata fragment) {
    return Objects.equals(deletions, fragment.getDeletionFile());
  }

  /** Keeps only the rows at these places, after others were deleted. */
  FragmentRows with(FragmentMetadata fragment, BitSet places) {
    return of(fragment, rows.stream().filter(row -> places.get((int) row.address())).toList());
  }
}
