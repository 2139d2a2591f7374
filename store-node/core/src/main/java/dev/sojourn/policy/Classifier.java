package dev.sojourn.policy;

/** Tells which class a field is of. */
interface Classifier {
  DataClass classOf(String field, String label);
}
