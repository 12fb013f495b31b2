/** What shows that nobody has changed a journal: a chain of hashes over its documents, and signed checkpoints of it. */
@NullMarked
package dev.gatehouse.journal.seal;

import org.jspecify.annotations.NullMarked;
