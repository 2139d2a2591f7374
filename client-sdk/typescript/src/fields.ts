import { fromBase64, toBase64, type WireField } from "./wire.js";

/** A named value of a session. */
export interface Field {
  readonly bytes: Uint8Array;
  readonly text: string;
  /** What the bytes are, such as `application/json`; empty if nobody said. */
  readonly contentType: string;
  /** What the residency policy calls data of this kind. */
  readonly dataClass: string;
}

/** By name. A map, since names are users' to choose, and an object has names of its own. */
export type Fields = Map<string, Field>;

/** What a change makes of the fields, if nobody else writes. */
export type Effect = (fields: Fields) => void;

export const fieldOf = ({
  value = "",
  contentType = "",
  dataClass = "default",
}: Omit<WireField, "name">): Field => {
  const bytes = fromBase64(value);
  return { bytes, text: new TextDecoder().decode(bytes), contentType, dataClass };
};

export const adding = (name: string, by: bigint): Effect => (fields) => {
  const old = fields.get(name);
  const before = old?.text ?? "0";
  // What is no number stays as it is: the node will refuse the increment.
  if (/^-?\d+$/.test(before)) {
    fields.set(name, fieldOf({ ...old, value: btoa(`${BigInt(before) + by}`) }));
  }
};

export const appending = (name: string, value: string): Effect => (fields) => {
  const old = fields.get(name);
  const bytes = [...(old?.bytes ?? []), ...fromBase64(value)];
  fields.set(name, fieldOf({ ...old, value: toBase64(bytes) }));
};
