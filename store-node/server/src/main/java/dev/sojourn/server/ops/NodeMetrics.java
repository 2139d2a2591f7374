package dev.sojourn.server.ops;

import dev.sojourn.core.effect.AlarmKind;
import dev.sojourn.core.effect.Step;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Reply;
import dev.sojourn.server.rpc.peer.PeerCounters;
import dev.sojourn.server.rpc.session.RequestObserver;
import dev.sojourn.server.storage.StoreListener;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * A node's metrics, in a registry of its own, so that several nodes fit in one process. None bears
 * anything that names a session. Thread-safe.
 */
public final class NodeMetrics implements RequestObserver, StoreListener {
  private static final double[] SECONDS = {
    0.00001, 0.00005, 0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5
  };

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Map<Reply.How, CounterDataPoint> answers;
  private final Map<ErrorCode, CounterDataPoint> refusals;
  private final Map<Step, CounterDataPoint> steps;
  private final Map<AlarmKind, CounterDataPoint> alarms;
  private final CounterDataPoint shadowNarrower;
  private final CounterDataPoint shadowWider;
  private final Counter messagesDropped;
  private final Counter recordsUnreadable;
  private final Counter commits;
  private final Histogram syncSeconds;
  private final Histogram loadSeconds;
  private final StatusGauges gauges;
  private volatile PeerCounters peers = new PeerCounters(0, 0, 0, 0, 0, 0, 0, 0);

  public NodeMetrics() {
    answers =
        labelled(
            "sojourn_requests",
            "Requests of clients that were answered, by the way it came.",
            "how",
            Reply.How.class);
    refusals =
        labelled(
            "sojourn_refusals",
            "Requests of clients that ended in a typed error.",
            "code",
            ErrorCode.class);
    steps = labelled("sojourn_steps", "Steps of the protocol.", "step", Step.class);
    alarms = labelled("sojourn_alarms", "What must not happen, and did.", "kind", AlarmKind.class);
    Counter shadow =
        Counter.builder()
            .name("sojourn_policy_shadow")
            .help("Decisions of which a policy in shadow would have made another one.")
            .labelNames("difference")
            .register(registry);
    shadowNarrower = shadow.labelValues("narrower");
    shadowWider = shadow.labelValues("wider");
    messagesDropped =
        counter("sojourn_messages_dropped", "Messages of POPs dropped by overloaded shards.");
    recordsUnreadable =
        counter("sojourn_records_unreadable", "Records that could not be read back whole.");
    commits = counter("sojourn_store_commits", "Commits written.");
    syncSeconds = seconds("sojourn_store_sync", "Time to write and sync a batch of commits.");
    loadSeconds = seconds("sojourn_store_load", "Time to look a record up in the store.");
    gauges = new StatusGauges(registry);
    peerCounter("sojourn_peer_messages_sent", "Messages put on a stream.", PeerCounters::sent);
    peerCounter("sojourn_peer_messages_received", "Messages taken.", PeerCounters::received);
    peerCounter(
        "sojourn_peer_messages_lost", "Messages never put on one.", PeerCounters::droppedUnsent);
    peerCounter("sojourn_peer_refused", "Streams of POPs without proof.", PeerCounters::refused);
    peerCounter("sojourn_peer_malformed", "Streams that broke a rule.", PeerCounters::malformed);
  }

  @Override
  public void answered(Reply.How how) {
    inc(answers, how);
  }

  @Override
  public void refused(ErrorCode code) {
    inc(refusals, code);
  }

  @Override
  public void batchWritten(Batch batch) {
    commits.inc(batch.commits());
    if (batch.synced()) {
      syncSeconds.observe(Unit.nanosToSeconds(batch.tookNanos()));
    }
  }

  @Override
  public void recordLoaded(boolean found, long tookNanos) {
    loadSeconds.observe(Unit.nanosToSeconds(tookNanos));
  }

  public void counted(Step step) {
    switch (step) {
      case SHADOW_NARROWER -> shadowNarrower.inc();
      case SHADOW_WIDER -> shadowWider.inc();
      default -> inc(steps, step);
    }
  }

  public void alarm(AlarmKind kind) {
    inc(alarms, kind);
  }

  public void messageDropped() {
    messagesDropped.inc();
  }

  public void unreadable() {
    recordsUnreadable.inc();
  }

  /** All metrics in the text format of OpenMetrics. */
  public String openMetrics(NodeStatus status) throws IOException {
    peers = status.peers();
    gauges.update(status);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new OpenMetricsTextFormatWriter(false, false).write(out, registry.scrape());
    return out.toString(StandardCharsets.UTF_8);
  }

  public static String contentType() {
    return OpenMetricsTextFormatWriter.CONTENT_TYPE;
  }

  private static <E extends Enum<E>> void inc(Map<E, CounterDataPoint> counters, E which) {
    CounterDataPoint counter = counters.get(which);
    if (counter != null) {
      counter.inc();
    }
  }

  /** One data point for each constant, looked up once. */
  private <E extends Enum<E>> Map<E, CounterDataPoint> labelled(
      String name, String help, String label, Class<E> constants) {
    Counter counter = Counter.builder().name(name).help(help).labelNames(label).register(registry);
    Map<E, CounterDataPoint> points = new EnumMap<>(constants);
    for (E each : constants.getEnumConstants()) {
      points.put(each, counter.labelValues(each.name().toLowerCase(Locale.ROOT)));
    }
    return points;
  }

  private Counter counter(String name, String help) {
    return Counter.builder().name(name).help(help).register(registry);
  }

  private Histogram seconds(String name, String help) {
    return Histogram.builder()
        .name(name)
        .help(help)
        .unit(Unit.SECONDS)
        .classicOnly()
        .classicUpperBounds(SECONDS)
        .register(registry);
  }

  private void peerCounter(String name, String help, ToDoubleFunction<PeerCounters> value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.applyAsDouble(peers)))
        .register(registry);
  }
}
