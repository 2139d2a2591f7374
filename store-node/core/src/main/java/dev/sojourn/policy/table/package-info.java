/**
 * Table tests of a policy: a YAML file beside it, with cases and what is expected of them.
 *
 * <p>Start at {@link dev.sojourn.policy.table.TableReader}.
 */
@NullMarked
package dev.sojourn.policy.table;

import org.jspecify.annotations.NullMarked;
