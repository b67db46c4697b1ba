/** The plugin's live LanceDB directory. The only package that knows Lance and Arrow. */
@NullMarked
package dev.memoryconsole.store.lance;

import org.jspecify.annotations.NullMarked;
