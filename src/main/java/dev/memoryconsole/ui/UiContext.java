package dev.memoryconsole.ui;

import dev.memoryconsole.settings.look.Appearance;
import dev.memoryconsole.settings.look.WindowPlace;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.ui.common.task.Background;
import dev.memoryconsole.ui.services.UiServices;
import dev.memoryconsole.upgrade.UpgradeOptions;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the window is given.
 *
 * @param services the rest of the application
 * @param background where slow work runs; whoever made it closes it after the window
 * @param clock for relative times, in the admin's zone
 * @param system the language of the system's words
 * @param formats the customs of the system's dates and numbers
 * @param appearance how the window looks and what it speaks to start with
 * @param saveAppearance remembers how the window is to look; called in the background
 * @param place where the window was when it was closed; null for where it comes
 * @param savePlace remembers where the window is; called in the background
 * @param options how runs go about it; asked when a run starts, must be quick
 * @param open a store to open at once; null for none
 * @param requests told once, where to say that the window is to come to the front, with a store to
 *     open or without; what it is told may be called on any thread
 * @param closed called in the background after the window has closed and its store with it
 */
public record UiContext(
    UiServices services,
    Background background,
    Clock clock,
    Locale system,
    Locale formats,
    Appearance appearance,
    Consumer<Appearance> saveAppearance,
    @Nullable WindowPlace place,
    Consumer<WindowPlace> savePlace,
    Supplier<UpgradeOptions> options,
    @Nullable StoreLocation open,
    Consumer<Consumer<Optional<StoreLocation>>> requests,
    Runnable closed) {}
