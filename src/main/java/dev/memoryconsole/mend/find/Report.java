package dev.memoryconsole.mend.find;

import java.util.List;
import java.util.Map;

/**
 * What a look through a store found.
 *
 * @param looked how many memories were looked at
 * @param found the memories of each finding, in the store's order
 * @param groups those that are duplicates of each other, at least two in each
 */
public record Report(
    int looked, Map<Finding, List<Found>> found, Map<Finding, List<List<Found>>> groups) {
  /**
   * One memory.
   *
   * @param id its id
   * @param title the beginning of its text, one line
   */
  public record Found(String id, String title) {}

  /** The ids of the memories of a finding. */
  public List<String> ids(Finding finding) {
    return found.getOrDefault(finding, List.of()).stream().map(Found::id).toList();
  }
}
