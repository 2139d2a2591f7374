package dev.sojourn.core.event;

import com.google.common.collect.ImmutableMap;
import dev.sojourn.core.NamespaceSettings;
import dev.sojourn.core.PolicyInForce;
import dev.sojourn.core.effect.TimerId;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.core.request.SessionRequest;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import java.util.Optional;

/**
 * What can happen at a POP. An event dispatches itself, so that a forgotten kind does not compile.
 */
public sealed interface Event {
  void dispatchTo(EventHandler handler);

  /**
   * A client called this POP.
   *
   * @param token given back with the answer; unique within the shard's lifetime
   * @param deadlineMillis instant at which the client gives up
   */
  record ExecuteRequested(long token, KeyHash key, SessionRequest request, long deadlineMillis)
      implements Event {
    @Override
    public void dispatchTo(EventHandler handler) {
      handler.onExecuteRequested(this);
    }
  }

  /** Another POP, authenticated as {@code from}, said something. */
  record MessageReceived(PopId from, KeyHash key, PeerMessage message) implements Event {
    @Override
    public void dispatchTo(EventHandler handler) {
      handler.onMessageReceived(this);
    }
  }

  /** The answer to {@link dev.sojourn.core.effect.Effect.Load}. */
  record RecordLoaded(KeyHash key, Optional<SessionRecord> record) implements Event {
    @Override
    public void dispatchTo(EventHandler handler) {
      handler.onRecordLoaded(this);
    }
  }

  /**
   * The other answer to {@link dev.sojourn.core.effect.Effect.Load}: there is a record, and it
   * cannot be read. Whoever waits is told; the next one who asks has it loaded anew.
   */
  record LoadFailed(KeyHash key) implements Event {
    @Override
    public void dispatchTo(EventHandler handler) {
      handler.onLoadFailed(this);
    }
  }

  /**
   * Every commit up to this sequence number is done: a synced one is durable, a lazy one is
   * applied, so that a load sees it, and may still be undone by a crash. Reported for lazy commits
   * too.
   */
  record Committed(long throughSeq) implements Event {
    @Override
    public void dispatchTo(EventHandler handler) {
      handler.onCommitted(this);
    }
  }

  /** A timer that was set is over. One that was cancelled meanwhile does no harm. */
  record TimerFired(TimerId timer) implements Event {
    @Override
    public void dispatchTo(EventHandler handler) {
      handler.onTimerFired(this);
    }
  }

  /** The due time of a stored record has come, perhaps long ago. Does no harm when repeated. */
  record RecordDue(KeyHash key) implements Event {
    @Override
    public void dispatchTo(EventHandler handler) {
      handler.onRecordDue(this);
    }
  }

  /**
   * A stream to and from this POP is up.
   *
   * @param recordFormat the newest record format that it can hold
   */
  record PeerConnected(PopId pop, int recordFormat) implements Event {
    @Override
    public void dispatchTo(EventHandler handler) {
      handler.onPeerConnected(this);
    }
  }

  /** The stream broke, or could not be set up: nothing in flight on it will arrive any more. */
  record PeerDisconnected(PopId pop) implements Event {
    @Override
    public void dispatchTo(EventHandler handler) {
      handler.onPeerDisconnected(this);
    }
  }

  /** The disk fell below its reserve, or rose above it again (rule R8). */
  record StorageSpaceChanged(boolean writable) implements Event {
    @Override
    public void dispatchTo(EventHandler handler) {
      handler.onStorageSpaceChanged(this);
    }
  }

  /**
   * This POP takes no session in any more; it still serves and hands over what it has. Requests
   * that were accepted before are finished, creations too: turning new ones away is the shell's
   * part.
   */
  record DrainStarted() implements Event {
    @Override
    public void dispatchTo(EventHandler handler) {
      handler.onDrainStarted(this);
    }
  }

  /** The configuration was reloaded. */
  record NamespacesChanged(ImmutableMap<Namespace, NamespaceSettings> namespaces) implements Event {
    @Override
    public void dispatchTo(EventHandler handler) {
      handler.onNamespacesChanged(this);
    }
  }

  /**
   * Another residency policy holds from now on; what rests here already is looked at when somebody
   * asks for it, and at {@link ResidencyDue}.
   */
  record PolicyChanged(Optional<PolicyInForce> policy) implements Event {
    @Override
    public void dispatchTo(EventHandler handler) {
      handler.onPolicyChanged(this);
    }
  }

  /**
   * It is time to look whether this session may rest here by the policy of now (rule R21). To be
   * said of each one that may not, at once when a policy begins to hold and again every so often
   * for as long as it lies here. Does no harm when said of others.
   *
   * @param round counts from 0 how often that was, so that each time another lawful POP is offered
   *     the session: the nearest one may be there and still not take it
   */
  record ResidencyDue(KeyHash key, int round) implements Event {
    @Override
    public void dispatchTo(EventHandler handler) {
      handler.onResidencyDue(this);
    }
  }

  /**
   * Whether this POP's directory may be trusted to be whole. It is not after its store was lost,
   * until every peer has announced anew what was born here (rule R14).
   */
  record DirectoryTrusted(boolean whole) implements Event {
    @Override
    public void dispatchTo(EventHandler handler) {
      handler.onDirectoryTrusted(this);
    }
  }

  /**
   * The birth POP of this session has a new store: what it had acknowledged is to be said again.
   */
  record HomeForgot(KeyHash key) implements Event {
    @Override
    public void dispatchTo(EventHandler handler) {
      handler.onHomeForgot(this);
    }
  }
}
