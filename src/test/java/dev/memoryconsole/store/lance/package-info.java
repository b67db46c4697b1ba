/** Tests of the store in the plugin's LanceDB directory. */
@NullMarked
package dev.memoryconsole.store.lance;

import org.jspecify.annotations.NullMarked;
