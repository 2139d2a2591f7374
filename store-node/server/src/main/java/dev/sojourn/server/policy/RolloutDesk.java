package dev.sojourn.server.policy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import dev.sojourn.core.link.PolicyMark;
import dev.sojourn.core.link.PolicyNews;
import dev.sojourn.core.link.PolicyNews.Held;
import dev.sojourn.core.link.PolicyNews.Holding;
import dev.sojourn.core.link.PolicyNews.Offered;
import dev.sojourn.core.link.PolicyNews.Refused;
import dev.sojourn.policy.Policy;
import dev.sojourn.server.config.PolicySigners;
import dev.sojourn.server.config.Topology;
import dev.sojourn.server.policy.BundleRefused.Kind;
import dev.sojourn.server.policy.HeldPolicies.Change;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.PopId;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where policies come in at a node, from its operator and from other POPs, and from where they go
 * on to others. Time is given with each call.
 *
 * <p>Thread-safe; a call may check a signature, compile a policy and write a file, so it is not for
 * a thread that others wait for. {@link #report} alone waits for nothing.
 */
public final class RolloutDesk {
  private static final Logger LOG = LoggerFactory.getLogger(RolloutDesk.class);

  private final PopId self;
  private final Optional<PolicySigners> signers;
  private final Optional<HeldPolicies> held;
  private final PolicyPosts posts;
  private final Shadows shadows;
  private final Spread spread = new Spread();
  private Optional<Refused> refused = Optional.empty();
  private Optional<RolloutReport.Refusal> lastRefusal = Optional.empty();

  /** As of the latest call that has ended: whoever asks does not wait for one that has not. */
  private volatile Optional<RolloutReport> lastReport = Optional.empty();

  /**
   * @param held empty where the node has no policy
   * @param signers empty where it takes none from others
   */
  public RolloutDesk(
      PopId self,
      Optional<HeldPolicies> held,
      Optional<PolicySigners> signers,
      Topology topology,
      PolicyPosts posts,
      Shadows shadows) {
    this.self = self;
    this.held = held;
    this.signers = held.isEmpty() ? Optional.empty() : signers;
    this.posts = posts;
    this.shadows = shadows;
    spread.replace(others(topology));
    tell();
  }

  /**
   * Takes a bundle that an operator brings.
   *
   * @throws BundleRefused if it is not taken; the node goes on with what it has
   */
  public synchronized void push(byte[] bytes, long nowMillis) throws BundleRefused {
    try {
      Bundle bundle = examined(bytes);
      long newest = holding().newest().version();
      if (isHeld(bundle)) {
        return;
      } else if (bundle.version() <= newest) {
        throw new BundleRefused(
            Kind.NOT_NEWER,
            "version %d is not newer than %d; push it as version %d"
                .formatted(bundle.version(), newest, newest + 1));
      }
      take(bundle, nowMillis);
    } catch (BundleRefused e) {
      note(e, Optional.empty(), nowMillis);
      throw e;
    } finally {
      tell();
    }
  }

  public synchronized void connected(PopId pop, boolean takesNews, long nowMillis) {
    if (spread.connected(pop, takesNews, nowMillis)) {
      posts.send(pop, told(isTaking()));
    }
    tell();
  }

  public synchronized void disconnected(PopId pop) {
    spread.disconnected(pop);
    tell();
  }

  /** What another POP says. */
  public synchronized void told(PopId from, PolicyNews news, long nowMillis) {
    if (news instanceof Held theirs) {
      heard(from, theirs, nowMillis);
    } else if (news instanceof Offered offered) {
      offered(from, offered.bundle(), nowMillis);
    }
    tell();
  }

  private void heard(PopId from, Held theirs, long nowMillis) {
    spread.heard(from, theirs);
    boolean isAhead = theirs.holding().isAheadOf(holding());
    if (isAhead && !isTaking()) {
      refused = Optional.of(new Refused(theirs.holding().newest(), noSigners().reason()));
    }
    boolean asks = isAhead && isTaking() && spread.mayAsk(from, nowMillis);
    if (theirs.asks()) {
      lackedBy(theirs.holding())
          .forEach(bundle -> posts.send(from, new Offered(Bytes.wrap(bundle.bytes()))));
    }
    if (theirs.asks() || asks) {
      posts.send(from, told(asks));
    }
    settleIfHeld(nowMillis);
  }

  private void offered(PopId from, Bytes bytes, long nowMillis) {
    PolicyMark mark = PolicyMark.NONE;
    try {
      mark = BundleText.parse(bytes.toArray()).mark();
      Bundle bundle = examined(bytes.toArray());
      if (!isHeld(bundle)) {
        take(bundle, nowMillis);
      }
    } catch (BundleRefused e) {
      // One that something newer has overtaken is nobody's fault.
      Refused told = new Refused(mark, shortened(e.reason()));
      boolean isNews = refused.filter(told::equals).isEmpty();
      if (e.kind() != Kind.NOT_NEWER && isNews) {
        refused = Optional.of(told);
        note(e, Optional.of(from), nowMillis);
      }
    }
    posts.send(from, told(false));
  }

  private static String shortened(String reason) {
    return reason.substring(0, Math.min(reason.length(), PolicyNews.REASON_MAX));
  }

  private Bundle examined(byte[] bytes) throws BundleRefused {
    if (!isTaking()) {
      throw noSigners();
    }
    Bundle bundle = BundleText.parse(bytes);
    BundleCheck.signature(bundle, signers.orElseThrow());
    return bundle;
  }

  private BundleRefused noSigners() {
    return new BundleRefused(
        Kind.NO_SIGNERS,
        held.isEmpty()
            ? "POP `" + self + "` has no policy; set `policy` and `policy-signers`, restart"
            : "POP `" + self + "` takes no signed policies; set `policy-signers`, restart");
  }

  private void take(Bundle bundle, long nowMillis) throws BundleRefused {
    HeldPolicies mine = held.orElseThrow();
    Optional<Edition> shadowBefore = mine.rollout().shadow();
    Change change = mine.take(bundle, nowMillis);
    if (!mine.rollout().shadow().equals(shadowBefore)) {
      shadows.begin();
    }
    refused = Optional.empty();
    LOG.atInfo()
        .addKeyValue("pop", self)
        .addKeyValue("version", bundle.version())
        .addKeyValue("stage", bundle.stage().text())
        .addKeyValue("key", bundle.keyId())
        .log("a signed policy was taken");
    obey(change);
    spread.renew();
    spread.reachable().forEach(pop -> posts.send(pop, told(false)));
    settleIfHeld(nowMillis);
  }

  private void note(BundleRefused e, Optional<PopId> from, long nowMillis) {
    String kind = e.kind().name().toLowerCase(Locale.ROOT);
    lastRefusal = Optional.of(new RolloutReport.Refusal(nowMillis, from, kind, e.reason()));
    LOG.atError()
        .addKeyValue("pop", self)
        .addKeyValue("from", from.map(PopId::name).orElse("the operator"))
        .log(
            "a signed policy is refused, and the policy stays as it was: {}",
            e.reason().replace("\n", "; "));
  }

  private void settleIfHeld(long nowMillis) {
    boolean waits = held.filter(mine -> mine.rollout().main().isPresent()).isPresent();
    if (!waits || !spread.isHeldByAll(holding().main())) {
      return;
    }
    HeldPolicies mine = held.orElseThrow();
    try {
      obey(mine.settle(nowMillis));
      LOG.atInfo()
          .addKeyValue("pop", self)
          .addKeyValue("version", mine.rollout().settled().version())
          .log("all POPs hold the policy, which decides alone from now on");
    } catch (IOException e) {
      // Both go on to decide, and it is tried again.
      LOG.atWarn()
          .addKeyValue("pop", self)
          .log("that all POPs hold the policy cannot be written: {}", e.getMessage());
    }
  }

  /** To be called every second or so. */
  public synchronized void tick(long nowMillis) {
    if (isTaking()) {
      settleIfHeld(nowMillis);
      Spread.Due due = spread.due(holding(), nowMillis);
      due.ask().forEach(pop -> posts.send(pop, told(true)));
      due.dial().forEach(posts::dial);
      tell();
    }
  }

  /** The same policies, for other POPs. */
  public synchronized void topologyChanged(Topology topology, long nowMillis) {
    spread.replace(others(topology));
    held.ifPresent(mine -> obey(mine.replaceTopology(topology, nowMillis)));
    tell();
  }

  /**
   * The policy's file says something else.
   *
   * @return whether that decides from now on: not where a signed policy was ever taken
   */
  public synchronized boolean begin(String yaml, Policy policy, long nowMillis) {
    Optional<Change> change = held.flatMap(mine -> mine.begin(yaml, policy, nowMillis));
    change.ifPresent(this::obey);
    tell();
    return change.isPresent();
  }

  private void obey(Change change) {
    change.inForce().ifPresent(policy -> posts.obey(policy, change.toSweep()));
  }

  /**
   * Empty where the node has no policy. It waits for nothing: while a policy is being taken, it is
   * as before.
   */
  public Optional<RolloutReport> report() {
    return lastReport.map(last -> last.counted(shadows.differences()));
  }

  private void tell() {
    lastReport = held.map(this::report);
  }

  private RolloutReport report(HeldPolicies mine) {
    Rollout rollout = mine.rollout();
    return new RolloutReport(
        signers.map(PolicySigners::ids).orElse(ImmutableSet.of()),
        entry(mine, rollout.settled()),
        rollout.main().map(bundle -> entry(mine, Edition.of(bundle))),
        rollout.trial().map(bundle -> entry(mine, Edition.of(bundle))),
        ImmutableList.copyOf(Iterables.transform(mine.deciding(), Edition::version)),
        mine.current().get().map(each -> each.rules().version()).orElse(""),
        mine.current().get().map(each -> each.sinceMillis()).orElse(0L),
        shadows.differences(),
        isTaking() ? spread.told(holding()) : ImmutableList.of(),
        lastRefusal);
  }

  private static RolloutReport.Entry entry(HeldPolicies mine, Edition edition) {
    return new RolloutReport.Entry(
        edition.version(),
        mine.policyOf(edition).version(),
        edition.bundle().map(bundle -> bundle.stage().text()).orElse("all"),
        edition.bundle().map(Bundle::keyId),
        edition.bundle().map(bundle -> bundle.signedAt().toString()));
  }

  private boolean isTaking() {
    return signers.isPresent();
  }

  private boolean isHeld(Bundle bundle) {
    return held.filter(mine -> mine.rollout().holds(bundle)).isPresent();
  }

  private Holding holding() {
    return held.map(mine -> mine.rollout().holding()).orElse(Holding.NOTHING);
  }

  private ImmutableList<Bundle> lackedBy(Holding theirs) {
    return held.map(mine -> mine.rollout().lackedBy(theirs)).orElse(ImmutableList.of());
  }

  private Held told(boolean asks) {
    return new Held(holding(), asks, refused);
  }

  private ImmutableSet<PopId> others(Topology topology) {
    return topology.pops().values().stream()
        .filter(pop -> !pop.isRetired() && !pop.id().equals(self))
        .map(pop -> pop.id())
        .collect(ImmutableSet.toImmutableSet());
  }
}
