/** What every store does; each kind runs these on its real engine. */
@NullMarked
package dev.memoryconsole.store.contract;

import org.jspecify.annotations.NullMarked;
