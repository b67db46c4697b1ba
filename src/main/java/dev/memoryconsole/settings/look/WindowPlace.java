package dev.memoryconsole.settings.look;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * Where the window was, in the units of the desktop; with its frame.
 *
 * @param x of its left edge; below 0 on a screen to the left of the first
 * @param y of its upper edge
 * @param width as it is when it fills no screen
 * @param height as it is when it fills no screen
 * @param maximized whether it filled a screen
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record WindowPlace(double x, double y, double width, double height, boolean maximized) {
  /** Whether a window can be like that. */
  public boolean isSound() {
    return Double.isFinite(x)
        && Double.isFinite(y)
        && Double.isFinite(width)
        && Double.isFinite(height)
        && width > 0
        && height > 0;
  }
}
