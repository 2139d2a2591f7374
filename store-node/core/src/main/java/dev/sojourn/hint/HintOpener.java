package dev.sojourn.hint;

import dev.sojourn.hint.OpenedHint.Readable;
import dev.sojourn.hint.OpenedHint.Reason;
import dev.sojourn.hint.OpenedHint.Unreadable;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Opens hints. One for each thread or shard: not thread-safe, and it keeps the keys that it
 * derived, each with a cipher of its own: a cipher that changes its key takes three times as long
 * as one that does not, and hints of several sealers come mixed.
 *
 * <p>A derived key is kept only once a hint has proved authentic under it. So a stranger who makes
 * hints up costs some HMACs each, and cannot push out the keys of the real ones.
 */
public final class HintOpener {
  /**
   * Derived keys kept, the latest used: those of all sealers whose hints are about at this POP, 20
   * POPs with 8 shards and 6 runs each, in a few MiB.
   */
  private static final int KEYS_KEPT_MAX = 1024;

  private final KeyRing keys;
  private final Hkdf hkdf = new Hkdf();
  private final HintCipher unproven = new HintCipher();
  private final Map<SubKey, DerivedKey> kept;

  public HintOpener(KeyRing keys) {
    this(keys, KEYS_KEPT_MAX);
  }

  HintOpener(KeyRing keys, int keysKeptMax) {
    this.keys = keys;
    this.kept =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<SubKey, DerivedKey> eldest) {
            return size() > keysKeptMax;
          }
        };
  }

  /**
   * Opens {@code sealed}, whatever it is; never throws for its content. Does not look at the
   * expiry: only the POP that the client called does.
   */
  public OpenedHint open(Namespace namespace, String sealed) {
    if (sealed.length() > HintSealer.LENGTH_MAX) {
      return new Unreadable(Reason.TOO_LONG);
    }
    Optional<byte[]> message = Base64Url.decode(sealed);
    if (message.isEmpty()) {
      return new Unreadable(Reason.NOT_BASE64);
    }
    try {
      return open(namespace, message.get());
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      // The values check themselves; what they refuse, no sealer has written.
      return new Unreadable(Reason.MALFORMED);
    }
  }

  private OpenedHint open(Namespace namespace, byte[] message) {
    ByteBuffer in = ByteBuffer.wrap(message);
    if (in.get() != HintHeader.LAYOUT_VERSION) {
      return new Unreadable(Reason.UNKNOWN_VERSION);
    }
    HintHeader header = HintHeader.readAfterVersion(in);
    if (in.remaining() < HintCipher.TAG_LENGTH) {
      return new Unreadable(Reason.MALFORMED);
    }
    DerivedKey key = find(header.subKey());
    if (key == null) {
      return new Unreadable(Reason.UNKNOWN_KEY);
    }
    Optional<byte[]> body =
        key.cipher.open(key.secret, header.nonce(), namespace, message, in.position());
    if (body.isEmpty()) {
      return new Unreadable(Reason.NOT_AUTHENTIC);
    }
    if (key.cipher == unproven) {
      kept.put(header.subKey(), new DerivedKey(key.sealer, key.secret, new HintCipher()));
    }
    return new Readable(HintBody.read(ByteBuffer.wrap(body.get()), key.sealer));
  }

  private @Nullable DerivedKey find(SubKey subKey) {
    DerivedKey known = kept.get(subKey);
    if (known != null) {
      return known;
    }
    Optional<HintKey> shared = keys.find(subKey.keyId());
    return shared.isEmpty()
        ? null
        : new DerivedKey(
            PopCode.toPop(subKey.popCode()), subKey.derive(shared.get(), hkdf), unproven);
  }

  /** Not a record: its text must not show the key. */
  private static final class DerivedKey {
    final PopId sealer;
    final SecretKeySpec secret;
    final HintCipher cipher;

    DerivedKey(PopId sealer, SecretKeySpec secret, HintCipher cipher) {
      this.sealer = sealer;
      this.secret = secret;
      this.cipher = cipher;
    }
  }

  int keysKept() {
    return kept.size();
  }
}
