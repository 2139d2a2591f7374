package dev.sojourn.core.effect;

/**
 * The steps of the protocol that are counted, each named as in the state tables of its document.
 */
public enum Step {
  /** A request was served from a session that this POP owns. */
  SERVED_LOCALLY,
  /** A session was created. */
  CREATED,
  /** A write was answered from the window and not applied again. */
  REPLAYED,
  /** A session was granted away. */
  GRANTED,
  /** A grant was sent once more. */
  GRANT_REPEATED,
  /** One was said again without its fields: they may not rest at the grantee any more. */
  GRANT_WITHHELD,
  /** A request of another POP was run here and the session kept. */
  EXECUTED_FOR_PEER,
  /** A request was passed on to where the session went. */
  PASSED_ON,
  /** A POP was told where to ask. */
  SAID_MOVED,
  /** A session was taken in. */
  TAKEN,
  /** A request of a client here was run at another POP. */
  EXECUTED_REMOTELY,
  /** A grant of one's own was fetched again. */
  FETCHED,
  /** A grant was handed back. */
  DECLINED,
  /** A handed-back session was taken on again. */
  RESUMED,
  /** A payload was dropped on its grantee's confirm. */
  PAYLOAD_DROPPED,
  /** A retained payload ran out unconfirmed. */
  LAPSED,
  /** A session was ended by a request. */
  DESTROYED,
  /** A session's lifetime ran out. */
  EXPIRED,
  /** A forward or tombstone was collected. */
  COLLECTED,
  /** A request was refused with a typed error. */
  REFUSED,
  /** A session was offered to the lawful POP nearest its user. */
  OFFERED,
  /** A session was asked for without the operations, since their values may not be seen there. */
  ASKED_TO_TAKE,
  /** A session was made at another POP, since it may not rest at the one that was called. */
  CREATED_ELSEWHERE,
  /** Another POP called for a session that may no longer rest here. */
  CALLED_FOR,
  /** A payload was dropped that could no longer rest here, after the policy's grace. */
  SWEPT,
  /** The birth POP was asked because no trail was left. */
  ASKED_HOME,
  /** A session was granted without what may not rest with its grantee. */
  SPLIT,
  /** A custodian was asked for fields that were left behind. */
  PART_READ,
  /** A custodian was asked to keep a changed part beside what it has. */
  PART_WRITTEN,
  /** A changed part was kept here for the session's owner. */
  PART_KEPT,
  /** An owner's record came to point to what its custodian keeps beside. */
  PART_SWUNG,
  /** A part that was kept here is not needed any more. */
  PART_DROPPED,
  /** A split session became whole at an owner who asked for the rest. */
  JOINED,
  /** A split session became whole at its custodian. */
  CAME_HOME,
  /** A session that a crash may have cut short was taken up again at a new epoch. */
  BROKEN
}
