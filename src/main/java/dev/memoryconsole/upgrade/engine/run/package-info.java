/** What the phases of a run share: its control, its ledger, and its entries on their way. */
@NullMarked
package dev.memoryconsole.upgrade.engine.run;

import org.jspecify.annotations.NullMarked;
