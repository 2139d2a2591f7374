package dev.sojourn.server.policy;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.link.PolicyMark;
import dev.sojourn.core.link.PolicyNews.Holding;
import dev.sojourn.server.policy.BundleRefused.Kind;
import dev.sojourn.value.PopId;
import java.util.Optional;

/**
 * Which policies a POP holds, and which of them decide there. Immutable.
 *
 * <p>What decides is a list: what all of its members allow happens. A longer list is stricter, so a
 * POP may always add to it, and takes one away only where that is known to be right: a bundle for
 * all POPs decides alone once they all hold it. Until then whoever has it obeys both, and no POP is
 * ahead of another with what is newly allowed.
 *
 * <p>Of all bundles that there ever were, the greatest for all POPs is the main one, and the
 * greatest other one is on trial if it is greater than that: so all POPs come to hold the same two,
 * in whatever order the bundles reach them, and a trial never hides a policy that somebody missed.
 *
 * @param settled decides at all POPs that hold the main one
 * @param main for all POPs, while it is not settled
 * @param trial for some POPs, or in shadow
 */
record Rollout(Edition settled, Optional<Bundle> main, Optional<Bundle> trial) {
  static Rollout beginning(String yaml) {
    return new Rollout(Edition.beginning(yaml), Optional.empty(), Optional.empty());
  }

  /** Each policy that is held. */
  ImmutableList<Edition> all() {
    ImmutableList.Builder<Edition> all = ImmutableList.builder();
    all.add(settled);
    main.map(Edition::of).ifPresent(all::add);
    trial.map(Edition::of).ifPresent(all::add);
    return all.build();
  }

  Holding holding() {
    return new Holding(
        main.map(Bundle::mark).orElseGet(settled::mark),
        trial.map(Bundle::mark).orElse(PolicyMark.NONE));
  }

  long newestVersion() {
    return holding().newest().version();
  }

  /** What of this whoever holds {@code theirs} lacks. */
  ImmutableList<Bundle> lackedBy(Holding theirs) {
    ImmutableList.Builder<Bundle> lacked = ImmutableList.builder();
    main.or(settled::bundle)
        .filter(bundle -> bundle.mark().isNewerThan(theirs.main()))
        .ifPresent(lacked::add);
    trial.filter(bundle -> bundle.mark().isNewerThan(theirs.trial())).ifPresent(lacked::add);
    return lacked.build();
  }

  /** What decides at {@code self}: all of these must allow a thing. */
  ImmutableList<Edition> deciding(PopId self) {
    ImmutableList.Builder<Edition> all = ImmutableList.builder();
    all.add(settled);
    main.map(Edition::of).ifPresent(all::add);
    trial.filter(bundle -> bundle.stage().includes(self)).map(Edition::of).ifPresent(all::add);
    return all.build();
  }

  /** What is only asked. */
  Optional<Edition> shadow() {
    return trial.filter(bundle -> bundle.stage() instanceof Stage.Shadow).map(Edition::of);
  }

  /** Whether it is this one, to the letter, that is held. */
  boolean holds(Bundle bundle) {
    PolicyMark mark = bundle.mark();
    return mark.equals(holding().main()) || mark.equals(holding().trial());
  }

  /**
   * With a newer bundle, which takes the place of the one before it of its kind.
   *
   * @throws BundleRefused if it does not rank above that
   */
  Rollout with(Bundle bundle) throws BundleRefused {
    PolicyMark mark = bundle.mark();
    Holding held = holding();
    boolean isMain = bundle.stage() instanceof Stage.All;
    PolicyMark last = isMain ? held.main() : held.newest();
    if (!mark.isNewerThan(last)) {
      throw notNewer(bundle, last);
    }
    return isMain
        ? new Rollout(
            settled, Optional.of(bundle), trial.filter(each -> each.mark().isNewerThan(mark)))
        : new Rollout(settled, main, Optional.of(bundle));
  }

  private BundleRefused notNewer(Bundle bundle, PolicyMark last) {
    String what =
        bundle.version() == last.version()
            ? "another bundle of version %d stands".formatted(last.version())
            : "version %d is not newer than %d".formatted(bundle.version(), last.version());
    return new BundleRefused(
        Kind.NOT_NEWER, what + "; push it as version " + (newestVersion() + 1));
  }

  /** All POPs hold the main one: it decides alone. */
  Rollout settle() {
    return main.map(bundle -> new Rollout(Edition.of(bundle), Optional.empty(), trial))
        .orElse(this);
  }
}
