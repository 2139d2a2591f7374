package dev.sojourn.server.rpc.peer;

import dev.sojourn.value.Bytes;

/**
 * What a POP says of itself and its store when a stream begins.
 *
 * @param storeId 16 random bytes made with the store; another one means that the disk was lost
 *     (rule R14)
 * @param incarnation one more at each start of the process on that store; at least 1
 * @param position grows with each commit of that store; a lower one than before means that it was
 *     set back (rule R18)
 * @param recordFormat the newest record format that it can hold (rule R24)
 * @param policyVersion 0 if it knows nothing of signed policies; else one more than the version of
 *     the newest that it holds
 */
public record PeerFacts(
    Bytes storeId, long incarnation, long position, int recordFormat, long policyVersion) {

  /** Whether it may be told anything of signed policies. */
  public boolean takesPolicyNews() {
    return policyVersion > 0;
  }
}
