import type { Failure } from "./errors.js";

/** The JSON of session.proto, as far as this package speaks it. */
export interface WireField {
  name: string;
  value?: string;
  contentType?: string;
  dataClass?: string;
}

export interface Operation {
  get?: { names?: string[] };
  put?: { field: WireField };
  remove?: { name: string };
  increment?: { name: string; by: string };
  append?: { name: string; value: string };
  requireVersion?: { version: string };
  rotate?: Record<string, never>;
  destroy?: Record<string, never>;
}

export interface ExecuteResponse {
  results?: { fields?: { fields?: WireField[] } }[];
  hint?: string;
  hintMaxAgeSeconds?: string;
  outcome?: {
    how?: string;
    servingPop?: string;
    ownerPop?: string;
    epoch?: string;
    version?: string;
    roundTrips?: number;
    replayed?: boolean;
    redacted?: boolean;
    versionsMissing?: string;
    sessionCreated?: boolean;
    sessionEnded?: boolean;
  };
}

export interface ErrorDetail extends Failure {
  readonly retryAfterMillis?: string;
  readonly hint?: string;
  readonly hintMaxAgeSeconds?: string;
}

export const toBase64 = (value: string | Iterable<number>): string => {
  let binary = "";
  for (const byte of typeof value === "string" ? new TextEncoder().encode(value) : value) {
    binary += String.fromCharCode(byte);
  }
  return btoa(binary);
};

export const fromBase64 = (text: string): Uint8Array =>
  Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
