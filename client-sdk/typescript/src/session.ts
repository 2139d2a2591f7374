import { isLikely, settingHint } from "./cookie.js";
import { SojournError } from "./errors.js";
import { adding, appending, type Effect, type Field, fieldOf, type Fields } from "./fields.js";
import type { Call, Send } from "./gateway.js";
import { type ErrorDetail, type ExecuteResponse, type Operation, toBase64 } from "./wire.js";

/** Why a session started empty. */
export type StartReason =
  | "NO_HINT"
  | "HINT_UNREADABLE"
  | "HINT_EXPIRED"
  | "HINT_SUPERSEDED"
  | "SESSION_ENDED"
  | "SESSION_ERASED";

/** What a new session starts with; where it says nothing, the namespace's defaults. */
export interface NewSession {
  /** The user's, in two capitals of ISO 3166-1: the rules that the session falls under. */
  readonly country?: string | undefined;
  /** The session ends so long after its last use. */
  readonly idleLifetimeMillis?: number | undefined;
  /** The session ends so long after its creation. */
  readonly absoluteLifetimeMillis?: number | undefined;
  /** A word for operators; never a secret. */
  readonly label?: string | undefined;
}

/** How the last request came to its answer. */
export interface Outcome {
  /** This POP owns the session, was given it with the answer, or had the owner run the request. */
  readonly how: "LOCAL" | "GRANTED" | "EXECUTED_REMOTELY";
  readonly servingPop: string;
  /** Empty if there is no session. */
  readonly ownerPop: string;
  readonly epoch: number;
  readonly version: number;
  /** Between POPs, that the user waited for. */
  readonly roundTrips: number;
  readonly replayed?: boolean;
  readonly sessionCreated?: boolean;
  readonly sessionEnded?: boolean;
  /** Whether something was left out that may not be seen at this POP under the residency policy. */
  readonly redacted?: boolean;
  /**
   * Where the namespace is asynchronous and goes on: how many of the versions that this user has
   * seen a crash has undone. What was read is what is left. 0: nothing is missing.
   */
  readonly versionsMissing: number;
}

/** What a session is made of. */
export interface Opening {
  readonly namespace: string;
  /** As in session.proto. */
  readonly create: object;
  /** The cookie's name. */
  readonly cookie: string;
  readonly hint?: string | undefined;
  readonly reason?: StartReason | undefined;
  readonly serverTiming?: boolean | undefined;
}

/**
 * One user's session, for as long as one request of that user is handled. Nothing is sent before
 * the first read or the commit. Changes are collected, go out together and are applied together or
 * not at all; reads show them already.
 */
export interface Session {
  /** Why this session is new; nothing if it was there, or nobody was asked yet. */
  readonly startedBecause: StartReason | undefined;
  /** For those who keep it elsewhere than in a cookie; empty if there is no session. A secret. */
  readonly hint: string;
  /** The `Set-Cookie` header to send; nothing if the browser's cookie is still right. */
  readonly setCookie: string | undefined;
  /** How the last request came to its answer; nothing before the first. */
  readonly outcome: Outcome | undefined;

  /** All fields by name. Asks the POP only if what was read before may have changed. */
  fields(): Promise<Map<string, Field>>;
  get(name: string): Promise<Field | undefined>;
  getText(name: string): Promise<string | undefined>;
  /** Nothing if it is absent, no whole number, or one that JavaScript cannot hold exactly. */
  getNumber(name: string): Promise<number | undefined>;

  put(name: string, value: string | Uint8Array, kind?: Kind): Session;
  remove(name: string): Session;
  /** Adds at the owner, so that two increments at once count as two. */
  increment(name: string, by?: number | bigint): Session;
  append(name: string, value: string | Uint8Array): Session;
  /** Lets the commit pass only while the session has this version, or the one last heard. */
  requireVersion(version?: number): Session;
  /** Replaces the credential and keeps the fields. Do this at login, against session fixation. */
  rotate(): Session;
  /** Ends the session for good, at logout. */
  destroy(): Session;

  /**
   * Sends the changes, if there are any, in one round trip. If it throws what is retryable, call it
   * again: each change counts once. After any other error nothing was applied, and the changes are
   * forgotten.
   */
  commit(): Promise<void>;
  /** The same, and gives `response` back, or a copy with the cookie in it if that changed. */
  commit<R extends object>(response: R): Promise<R>;
}

export interface Kind {
  readonly contentType?: string;
  readonly dataClass?: string;
}

/** A change: what is sent, and what it does to the fields that were read. */
interface Change {
  readonly operation: Operation;
  readonly effect?: Effect | undefined;
}

interface Write extends Call {
  readonly changes: readonly Change[];
}

/** A closure rather than a class, since names of its own are what a minifier makes short. */
export const openSession = (send: Send, opening: Opening): Session => {
  const { namespace, create, cookie, serverTiming } = opening;
  let { hint = "", reason } = opening;
  let hintChanged = false;
  let maxAgeSeconds = 0;
  let changes: Change[] = [];
  let saved: Fields | undefined;
  let unanswered: Write | undefined;
  let ended = false;
  let heard = false;
  let outcome: Outcome | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const hold = (from: { hint?: string; hintMaxAgeSeconds?: string }): void => {
    if (isLikely(from.hint ?? "")) {
      hint = from.hint!;
      maxAgeSeconds = +from.hintMaxAgeSeconds! | 0;
      hintChanged = true;
    }
  };

  const adopt = (answer: ExecuteResponse): void => {
    const told: any = { ownerPop: "", roundTrips: 0, ...answer.outcome };
    // Numbers of 64 bits are texts in protobuf's JSON, and 0 is left out.
    for (const key of ["epoch", "version", "versionsMissing"]) told[key] = +(told[key] ?? 0);
    outcome = told;
    heard = true;
    hold(answer);
    if (told.sessionEnded) {
      ended = hintChanged = true;
      hint = "";
      maxAgeSeconds = 0;
    }
  };

  /** Starts empty, or throws: a session that ends under a user's hands is an error. */
  const startEmpty = (failure: ErrorDetail): void => {
    if (heard || !/^HINT|SESSION_E/.test(failure.code)) throw new SojournError(failure);
    heard = true;
    reason = failure.code as StartReason;
    hint = "";
  };

  /** One after the other: two requests without a hint at once would make two sessions. */
  const inTurn = <T>(step: () => Promise<T>): Promise<T> => {
    const mine = last.then(step);
    last = mine.catch(() => {});
    return mine;
  };

  const callOf = (operations: readonly Operation[]): Call => ({
    hint,
    body: JSON.stringify({
      namespace,
      requestId: toBase64(crypto.getRandomValues(new Uint8Array(16))),
      create: hint ? undefined : create,
      operations,
    }),
  });

  const readSaved = async (): Promise<Fields> => {
    if (saved) return saved;
    const fields: Fields = new Map();
    if (hint) {
      const { answer, failure } = await send(callOf([{ get: {} }]));
      if (answer) adopt(answer);
      else {
        // With the news that some of what was seen is gone, a fresh hint comes.
        hold(failure!);
        startEmpty(failure!);
      }
      for (const field of answer?.results?.[0]?.fields?.fields ?? []) {
        fields.set(field.name, fieldOf(field));
      }
    }
    return (saved = fields);
  };

  const fields = async (): Promise<Fields> => {
    const now = new Map(await inTurn(readSaved));
    for (const { effect } of changes) effect?.(now);
    return now;
  };

  const writeNew = async (all: readonly Change[], first: boolean): Promise<void> => {
    const operations = all.map((change) => change.operation);
    // Where there is no session, only what makes one has to be sent, or what depends on that.
    if (operations.some((o) => hint || o.put || o.increment || o.append || o.requireVersion)) {
      await write({ ...callOf(operations), changes: all }, first);
    }
  };

  const write = async (call: Write, first: boolean): Promise<void> => {
    // Somebody else may write in between, so the next read asks again.
    unanswered = saved = undefined;
    const { answer, failure, attempts } = await send(call);
    if (answer) return adopt(answer);
    hold(failure!);
    if (failure!.retryable) unanswered = call;
    // Sent once, and not applied: so it is a new request, under the hint that came with the error.
    const isNew = failure!.code === "OUTCOME_UNKNOWN" && first && attempts < 2;
    if (!isNew) startEmpty(failure!);
    await writeNew(call.changes, false);
  };

  const sendChanges = async (): Promise<void> => {
    if (unanswered) await write(unanswered, false);
    const all = changes;
    changes = [];
    if (ended && all[0]) throw new SojournError({ code: "SESSION_ENDED", text: "just now" });
    await writeNew(all, true);
  };

  const change = (operation: Operation, name?: string, effect?: Effect): Session => {
    if (name === "__proto__") throw new SojournError({ code: "INVALID_REQUEST", text: `no field name: ${name}` });
    changes.push({ operation, effect });
    return session;
  };

  const get = async (name: string): Promise<Field | undefined> => (await fields()).get(name);

  const session: Session = {
    get startedBecause() {
      return reason;
    },
    get hint() {
      return hint;
    },
    get setCookie() {
      return hintChanged ? settingHint(cookie, hint, maxAgeSeconds) : undefined;
    },
    get outcome() {
      return outcome;
    },
    fields,
    get,
    getText: async (name) => (await get(name))?.text,
    async getNumber(name) {
      const number = +((await get(name))?.text || NaN);
      if (Number.isSafeInteger(number)) return number;
    },
    put(name, value, kind) {
      const field = { ...kind, name, value: toBase64(value) };
      return change({ put: { field } }, name, (all) => all.set(name, fieldOf(field)));
    },
    remove: (name) => change({ remove: { name } }, name, (all) => all.delete(name)),
    increment: (name, by = 1) =>
      change({ increment: { name, by: `${by}` } }, name, adding(name, BigInt(by))),
    append(name, bytes) {
      const value = toBase64(bytes);
      return change({ append: { name, value } }, name, appending(name, value));
    },
    requireVersion: (version = outcome?.version ?? 0) =>
      change({ requireVersion: { version: `${version}` } }),
    rotate: () => change({ rotate: {} }),
    destroy: () => change({ destroy: {} }, "", (all) => all.clear()),
    async commit<R extends object>(response?: R): Promise<R> {
      await inTurn(sendChanges);
      let copy = response as unknown as Response;
      const add = (name: string, value: string | false | undefined): void => {
        if (value && response) {
          // The headers of what came from a fetch, or of a redirect, cannot be changed.
          copy = new Response(copy.body, copy);
          copy.headers.append(name, value);
        }
      };
      add("set-cookie", session.setCookie);
      const o = outcome;
      add(
        "server-timing",
        serverTiming && o && `sojourn;desc="${o.how} ${o.servingPop} ${o.ownerPop} ${o.roundTrips}"`,
      );
      return copy as unknown as R;
    },
  };
  return session;
};
