/**
 * Stands in for {@code org.questdb:jar-jni}, which would unpack Lance's native library into the
 * temporary directory anew for every process and leave it there after a kill ({@code
 * src/docs/adr/0016-lance-natives.md}).
 */
@NullMarked
package io.questdb.jar.jni;

import org.jspecify.annotations.NullMarked;
