package dev.sojourn.server.ops;

import dev.sojourn.server.shell.Backlog;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What {@link NodeStatus} says, as gauges. */
final class StatusGauges {
  private final PrometheusRegistry registry;
  private final List<Row> rows = new ArrayList<>();
  private final Gauge sessions;

  private record Row(Gauge gauge, ToDoubleFunction<NodeStatus> value) {}

  StatusGauges(PrometheusRegistry registry) {
    this.registry = registry;
    sessions =
        Gauge.builder()
            .name("sojourn_sessions")
            .help("Sessions by state, as of the last survey of the store.")
            .labelNames("state")
            .register(registry);
    add("sojourn_ready", "1 while the node takes requests.", s -> s.phase() == Phase.READY ? 1 : 0);
    add("sojourn_payloads", "Records that hold fields.", s -> s.sessions().payloads());
    add("sojourn_calls_open", "Requests accepted, not answered.", NodeStatus::callsOpen);
    add("sojourn_streams_open", "Streams of clients.", NodeStatus::streamsOpen);
    add("sojourn_events_queued", "Handed to shards.", s -> s.shards().eventsQueued());
    add("sojourn_releases_waiting", "Waiting for a sync.", s -> s.shards().releasesWaiting());
    backlog("sojourn_grants_unconfirmed", "Payloads kept.", Backlog.Snapshot::grantsUnconfirmed);
    backlog("sojourn_confirms_owed", "Confirms to repeat.", Backlog.Snapshot::confirmsOwed);
    backlog("sojourn_announces_owed", "Announces to repeat.", Backlog.Snapshot::announcesOwed);
    add(
        "sojourn_oldest_unconfirmed_grant_seconds",
        "Age of the oldest grant without its confirm; 0 if there is none.",
        s -> s.oldestGrantMillis() / 1e3);
    add("sojourn_store_queue", "Commits to be written.", NodeStatus::commitsQueued);
    add("sojourn_disk_free_bytes", "Below the store.", NodeStatus::diskFreeBytes);
    add(
        "sojourn_sweep_left",
        "Sessions here that a new policy no longer lets rest here, as of the sweep's last pass.",
        s -> s.sweep().left());
    add(
        "sojourn_sweep_unreadable",
        "Records that the sweep's last pass could not read, and so not judge.",
        s -> s.sweep().unreadable());
    add("sojourn_peer_links", "Streams to POPs that are up.", s -> s.peers().links());
  }

  void update(NodeStatus status) {
    rows.forEach(row -> row.gauge().set(row.value().applyAsDouble(status)));
    status.sessions().byState().forEach((state, count) -> sessions.labelValues(state).set(count));
  }

  private void add(String name, String help, ToDoubleFunction<NodeStatus> value) {
    rows.add(new Row(Gauge.builder().name(name).help(help).register(registry), value));
  }

  private void backlog(String name, String help, ToDoubleFunction<Backlog.Snapshot> value) {
    add(name, help, status -> value.applyAsDouble(status.shards().backlog()));
  }
}
