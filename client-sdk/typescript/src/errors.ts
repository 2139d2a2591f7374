/** The codes of docs/errors.md, and one of this package: the gateway itself did not answer. */
export type ErrorCode =
  | "INVALID_REQUEST"
  | "HINT_UNREADABLE"
  | "HINT_EXPIRED"
  | "HINT_SUPERSEDED"
  | "SESSION_ENDED"
  | "SESSION_ERASED"
  | "SESSION_LOST"
  | "SESSION_ROLLED_BACK"
  | "ALREADY_CREATED"
  | "OUTCOME_UNKNOWN"
  | "VERSION_MISMATCH"
  | "NOT_A_NUMBER"
  | "OVERFLOW"
  | "LIMIT_EXCEEDED"
  | "UNKNOWN_NAMESPACE"
  | "DENIED"
  | "OWNER_UNREACHABLE"
  | "DEADLINE_EXCEEDED"
  | "BUSY"
  | "STORAGE_FULL"
  | "SHUTTING_DOWN"
  | "INTERNAL"
  | "VERSIONS_MISSING"
  | "CALLER_REFUSED"
  | "GATEWAY_UNREACHABLE";

/** What is known of a failure. */
export interface Failure {
  readonly code: ErrorCode;
  readonly text: string;
  readonly retryable?: boolean;
  readonly remedy?: string;
  readonly pop?: string;
  readonly versionsMissing?: string;
}

/** How a call failed. Its text never holds a session's content, a hint or a token. */
export class SojournError extends Error {
  declare readonly code: ErrorCode;
  /** Whether the same commit may be tried again; it is applied once, however often it is sent. */
  declare readonly retryable: boolean;
  /** What to do about it. */
  declare readonly remedy: string | undefined;
  /** The POP that it speaks of. */
  declare readonly pop: string | undefined;
  /** `VERSIONS_MISSING`: how many of the versions that this user has seen a crash has undone. */
  declare readonly versionsMissing: number;

  constructor({ code, text, retryable = false, remedy, pop, versionsMissing = "0" }: Failure) {
    super(`${code}: ${text}`);
    Object.assign(this, { name: "SojournError", code, retryable, remedy, pop, versionsMissing: +versionsMissing });
  }
}
