package dev.memoryconsole.ui.frame;

import dev.memoryconsole.ui.common.Later;

/**
 * A screen of the window.
 *
 * @param id of its button in the rail
 * @param name the key of its name
 * @param icon its icon's literal
 * @param ofStore whether it shows what is in a store, and is nowhere to go without one
 * @param view what it shows
 * @param focus puts the focus where work begins
 */
public record Screen(
    String id, String name, String icon, boolean ofStore, Later<?> view, Runnable focus) {}
