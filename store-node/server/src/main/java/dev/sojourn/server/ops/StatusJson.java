package dev.sojourn.server.ops;

import com.google.gson.JsonObject;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.server.shell.Backlog;
import dev.sojourn.server.shell.ResidencySweep;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.util.Locale;

/** What the admin port tells, as JSON. Never fields, ids or hints. */
final class StatusJson {
  private StatusJson() {}

  static JsonObject of(NodeStatus status) {
    JsonObject json = new JsonObject();
    json.addProperty("pop", status.pop().name());
    json.addProperty("phase", status.phase().name().toLowerCase(Locale.ROOT));
    json.addProperty("up_millis", status.upMillis());
    JsonObject sessions = new JsonObject();
    status.sessions().byState().forEach(sessions::addProperty);
    json.add("sessions", sessions);
    json.addProperty("sessions_sample_of", status.sessions().sampleOf());
    json.addProperty("payloads", status.sessions().payloads());
    Backlog.Snapshot backlog = status.shards().backlog();
    json.addProperty("grants_unconfirmed", backlog.grantsUnconfirmed());
    json.addProperty("oldest_unconfirmed_grant_millis", status.oldestGrantMillis());
    json.addProperty("confirms_owed", backlog.confirmsOwed());
    json.addProperty("announces_owed", backlog.announcesOwed());
    json.addProperty("calls_open", status.callsOpen());
    json.addProperty("streams_open", status.streamsOpen());
    json.addProperty("events_queued", status.shards().eventsQueued());
    json.addProperty("releases_waiting", status.shards().releasesWaiting());
    json.addProperty("commits_queued", status.commitsQueued());
    json.addProperty("disk_free_bytes", status.diskFreeBytes());
    json.addProperty("peer_links", status.peers().links());
    json.add("sweep", of(status.sweep()));
    json.add("policy", PolicyJson.summary(status.policy()));
    return json;
  }

  static JsonObject of(ResidencySweep.Report sweep) {
    JsonObject json = new JsonObject();
    json.addProperty("stage", sweep.stage().name().toLowerCase(Locale.ROOT));
    json.addProperty("policy", sweep.policy());
    json.addProperty("found", sweep.found());
    json.addProperty("moved", sweep.moved());
    json.addProperty("erased", sweep.erased());
    json.addProperty("left", sweep.left());
    json.addProperty("frozen", sweep.frozen());
    json.addProperty("unreadable", sweep.unreadable());
    return json;
  }

  static JsonObject of(PopId pop, KeyHash key, SessionRecord record) {
    JsonObject json = new JsonObject();
    json.addProperty("pop", pop.name());
    json.addProperty("session", key.toString());
    json.addProperty("state", StateName.of(record.state()).label());
    json.addProperty("has_payload", record.state().payload().isPresent());
    json.addProperty("owes", record.owes().size());
    record
        .state()
        .epochIfAny()
        .ifPresent(
            epoch -> {
              json.addProperty("epoch", epoch.number());
              json.addProperty("epoch_issuer", epoch.issuer().name());
            });
    record.state().payload().ifPresent(data -> json.addProperty("version", data.version()));
    if (record.state() instanceof SessionState.Granted granted) {
      json.addProperty("to", granted.grantee().name());
    } else if (record.state() instanceof SessionState.Forward forward) {
      json.addProperty("to", forward.to().name());
    } else if (record.state() instanceof SessionState.Declined declined) {
      json.addProperty("to", declined.granter().name());
    }
    record
        .directory()
        .ifPresent(
            entry -> {
              json.addProperty("directory_pop", entry.pop().name());
              json.addProperty("directory_epoch", entry.epoch().number());
              json.addProperty("directory_ended", entry.ended());
            });
    return json;
  }
}
