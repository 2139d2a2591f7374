/**
 * Races as text that anybody can read: a small language over the world.
 *
 * <pre>
 * row: two POPs ask at once         the row of the table of races that it stands for, if any
 * rule: R2, R26                     what makes it safe
 *
 * pops bos nyc tyo                  before anything else; so are: seed 7, move always|never|standard,
 * network raw                       network strict|raw, sync 300ms, durability async [going-on]
 *
 * r1: alice at nyc puts n=1 and gets n, patiently
 *                                   a request, under a name; options after commas: patiently,
 *                                   without a hint, with a forged hint, with the hint of r0 (or bob);
 *                                   gets, puts, appends, removes, increments n by 1, requires v3,
 *                                   touches, rotates, destroys
 * retry r1 at tyo                   the same bytes
 * run, run 5s                       lets time pass: a second, or so long
 *
 * hold Granted from bos to nyc      until: release Granted, or: discard Granted
 * lose, break-with, swap Confirm    the next one; lose every Confirm: all of them
 * repeat, delay Confirm by 3s
 * crash bos before-sync Granted     also before-submit, after-sync, after-effects, before-effect
 *                                   Answer; keeping nothing|half|everything; without a moment: now
 * copy-disk bos                    a copy, for: put-back-disk bos
 * lose-disk bos, put-back-disk bos  it dies; after a restart it has an empty disk, or that copy
 * stop bos, restart bos, partition bos nyc, heal, break bos nyc, disk full at nyc, drain nyc, rtt bos nyc 80ms
 *
 * expect r1 ok v2 epoch 2 owner nyc n=2 replayed GRANTED
 * expect r1 OWNER_UNREACHABLE bos, expect r1 VERSIONS_MISSING missing 2
 * expect bos has Granted(nyc) epoch 2 v2 owes tyo
 * expect payloads 1, expect steps bos GRANTED 1, expect sent Confirm 2, expect alarm bos KIND
 * </pre>
 *
 * <p>Every invariant watches throughout. At the end everything heals, what is owed is said, and
 * every hint that was handed out is tried, whether the scenario says so or not.
 */
@NullMarked
package dev.sojourn.sim.scenario;

import org.jspecify.annotations.NullMarked;
