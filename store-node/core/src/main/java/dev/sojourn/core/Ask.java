package dev.sojourn.core;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.core.message.PeerMessage.Acquire;
import dev.sojourn.core.message.PeerMessage.Call;
import dev.sojourn.core.message.PeerMessage.Purpose;
import dev.sojourn.core.message.PeerMessage.Role;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.SessionRequest;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.hint.Hint;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.Nonce;
import dev.sojourn.value.PopId;
import dev.sojourn.value.RequestId;
import java.util.Optional;

/** A request on a session, whoever brought it. Compared by identity: each arrival is its own. */
sealed interface Ask {
  /** Who waits: this POP for a client of its own. */
  PopId asker();

  Optional<Hint> hint();

  ImmutableList<Operation> operations();

  /** Instant at which whoever waits gives up. */
  long deadlineMillis();

  /** The id that the window knows it by; empty for a question that carries no operations. */
  Optional<RequestId> servedId();

  Bytes digest();

  default boolean writes() {
    for (Operation operation : operations()) {
      if (operation.writes()) {
        return true;
      }
    }
    return false;
  }

  /** How many versions that the hint has seen a crash has undone (rule R16). */
  default long versionsMissing(SessionData data) {
    return hint()
        .map(seen -> seen.version() - data.sharedVersion(seen.epoch(), seen.version()))
        .orElse(0L);
  }

  /** The epoch at which this POP is taken for the owner, if it is. */
  default Optional<Epoch> takenForOwnerAt() {
    return Optional.empty();
  }

  /** Who granted that epoch, if known. */
  default Optional<PopId> allegedGranter() {
    return Optional.empty();
  }

  /** From another POP, to which the answer goes back. */
  sealed interface Remote extends Ask {
    Nonce nonce();

    /** POPs that passed it on, oldest first. */
    ImmutableList<PopId> path();

    /** The POP that sent it here. */
    PopId from();
  }

  /** Without a hint: it may make a session. */
  sealed interface Creating extends Ask {
    SessionRequest request();
  }

  /** A client called this POP. */
  final class FromClient implements Creating {
    final long token;
    final SessionRequest request;
    private final PopId self;
    private final long deadlineMillis;

    /** Computed when it is first needed: most reads never need it. */
    private Optional<Bytes> digest = Optional.empty();

    FromClient(PopId self, long token, SessionRequest request, long deadlineMillis) {
      this.self = self;
      this.token = token;
      this.request = request;
      this.deadlineMillis = deadlineMillis;
    }

    @Override
    public SessionRequest request() {
      return request;
    }

    @Override
    public PopId asker() {
      return self;
    }

    @Override
    public Optional<Hint> hint() {
      return request.hint();
    }

    @Override
    public ImmutableList<Operation> operations() {
      return request.operations();
    }

    @Override
    public long deadlineMillis() {
      return deadlineMillis;
    }

    @Override
    public Optional<RequestId> servedId() {
      return Optional.of(request.id());
    }

    @Override
    public Bytes digest() {
      if (digest.isEmpty()) {
        digest = Optional.of(Digests.ofRequest(request));
      }
      return digest.get();
    }

    @Override
    public Optional<Epoch> takenForOwnerAt() {
      return request.hint().filter(hint -> hint.owner().equals(self)).map(Hint::epoch);
    }

    @Override
    public Optional<PopId> allegedGranter() {
      return request.hint().flatMap(Hint::granter);
    }
  }

  /** Another POP asks to have a session made for a client of its own. */
  final class FromCreator implements Creating, Remote {
    private final PopId from;
    private final PeerMessage.Create create;
    private final long deadlineMillis;
    private final Bytes digest;

    FromCreator(PopId from, PeerMessage.Create create, long deadlineMillis) {
      this.from = from;
      this.create = create;
      this.deadlineMillis = deadlineMillis;
      this.digest = Digests.ofRequest(create.request());
    }

    @Override
    public SessionRequest request() {
      return create.request();
    }

    @Override
    public Nonce nonce() {
      return create.nonce();
    }

    @Override
    public ImmutableList<PopId> path() {
      return ImmutableList.of();
    }

    @Override
    public PopId from() {
      return from;
    }

    @Override
    public PopId asker() {
      return from;
    }

    @Override
    public Optional<Hint> hint() {
      return Optional.empty();
    }

    @Override
    public ImmutableList<Operation> operations() {
      return create.request().operations();
    }

    @Override
    public long deadlineMillis() {
      return deadlineMillis;
    }

    @Override
    public Optional<RequestId> servedId() {
      return Optional.of(create.request().id());
    }

    @Override
    public Bytes digest() {
      return digest;
    }
  }

  /** Another POP asks, for a client of its own or for itself. */
  final class FromPeer implements Remote {
    final PopId from;
    final Acquire acquire;
    private final long deadlineMillis;

    FromPeer(PopId from, Acquire acquire, long deadlineMillis) {
      this.from = from;
      this.acquire = acquire;
      this.deadlineMillis = deadlineMillis;
    }

    boolean isServe() {
      return acquire.purpose() == Purpose.SERVE;
    }

    /** Whether a client waits for it, with operations on the way or held back (rule R22). */
    boolean isForClient() {
      return isServe() || acquire.purpose() == Purpose.TAKE;
    }

    @Override
    public Nonce nonce() {
      return acquire.nonce();
    }

    @Override
    public ImmutableList<PopId> path() {
      return acquire.path();
    }

    @Override
    public PopId from() {
      return from;
    }

    @Override
    public PopId asker() {
      return acquire.asker();
    }

    @Override
    public Optional<Hint> hint() {
      return acquire.call().map(Call::hint);
    }

    @Override
    public ImmutableList<Operation> operations() {
      return isServe() ? acquire.call().map(Call::operations).orElseThrow() : ImmutableList.of();
    }

    @Override
    public long deadlineMillis() {
      return deadlineMillis;
    }

    @Override
    public Optional<RequestId> servedId() {
      return isForClient() ? acquire.call().map(Call::id) : Optional.empty();
    }

    @Override
    public Bytes digest() {
      return acquire.call().map(Call::digest).orElse(Bytes.EMPTY);
    }

    @Override
    public Optional<Epoch> takenForOwnerAt() {
      return acquire.role() == Role.OWNER && acquire.purpose() != Purpose.FETCH
          ? Optional.of(acquire.knownEpoch())
          : Optional.empty();
    }

    @Override
    public Optional<PopId> allegedGranter() {
      return acquire.allegedGranter();
    }
  }

  /** This POP itself, which is to make its session whole: nobody waits for an answer. */
  final class ToJoin implements Ask {
    private final PopId self;
    private final long deadlineMillis;

    ToJoin(PopId self, long deadlineMillis) {
      this.self = self;
      this.deadlineMillis = deadlineMillis;
    }

    @Override
    public PopId asker() {
      return self;
    }

    @Override
    public Optional<Hint> hint() {
      return Optional.empty();
    }

    @Override
    public ImmutableList<Operation> operations() {
      return ImmutableList.of();
    }

    @Override
    public long deadlineMillis() {
      return deadlineMillis;
    }

    @Override
    public Optional<RequestId> servedId() {
      return Optional.empty();
    }

    @Override
    public Bytes digest() {
      return Bytes.EMPTY;
    }
  }
}
