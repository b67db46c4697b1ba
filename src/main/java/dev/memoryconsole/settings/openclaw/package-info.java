/** What OpenClaw's configuration says about the plugin's store, lock and model. Read only. */
@NullMarked
package dev.memoryconsole.settings.openclaw;

import org.jspecify.annotations.NullMarked;
