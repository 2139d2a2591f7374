package dev.sojourn.core.link;

import dev.sojourn.value.Bytes;
import dev.sojourn.value.PopId;

/**
 * Who speaks to whom at the start of a stream between POPs, and from which store.
 *
 * @param pop the speaker
 * @param to whom it means to speak to
 * @param nonce {@link #NONCE_LENGTH} random bytes, fresh for each stream
 * @param storeId {@link #STORE_ID_LENGTH} bytes that name its store
 * @param dial how often this process has dialled {@code to}
 * @param incarnation one more at each start of a process on that store
 * @param position how far the store has come
 * @param policyVersion 0 of a release that knows nothing of signed policies; else one more than the
 *     version of the newest that it holds
 * @param wireVersionMin the oldest version of the wire that it talks
 * @param wireVersionMax the newest one
 * @param recordFormat the newest record format that it can hold
 */
public record LinkHello(
    PopId pop,
    PopId to,
    Bytes nonce,
    Bytes storeId,
    long dial,
    long incarnation,
    long position,
    long policyVersion,
    int wireVersionMin,
    int wireVersionMax,
    int recordFormat) {
  public static final int NONCE_LENGTH = 32;
  public static final int STORE_ID_LENGTH = 16;

  public LinkHello {
    if (nonce.length() != NONCE_LENGTH) {
      throw new IllegalArgumentException("a link's nonce has 32 bytes, not " + nonce.length());
    }
    if (storeId.length() != STORE_ID_LENGTH) {
      throw new IllegalArgumentException("a store id has 16 bytes, not " + storeId.length());
    }
  }

  /** Whether both ends talk some version of the wire. */
  public boolean sharesAVersionWith(LinkHello other) {
    return wireVersionMin <= other.wireVersionMax && other.wireVersionMin <= wireVersionMax;
  }
}
