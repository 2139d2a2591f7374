package dev.sojourn.server.storage.rocksdb;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.server.storage.codec.CodecException;
import dev.sojourn.server.storage.codec.RecordCodec;
import dev.sojourn.v1.StoredRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * What the store itself must know of a record: it stands before the message, so that a revision can
 * be checked by reading {@value #LENGTH} bytes and parsing nothing.
 *
 * <pre>
 *   0        layout, 1
 *   1 to 8   revision, big-endian
 *   9 to 16  end of the due bucket it is listed in, in milliseconds, big-endian; Long.MAX_VALUE: none
 *   17 ...   StoredRecord
 * </pre>
 *
 * @param revision 0 for a record that does not exist
 */
record RecordHead(long revision, long dueBucket) {
  static final int LENGTH = 17;
  static final RecordHead NONE = new RecordHead(0, DueIndex.NEVER);
  private static final byte LAYOUT = 1;

  static byte[] encode(RecordHead head, SessionRecord record) {
    StoredRecord message = RecordCodec.encode(record);
    byte[] value = new byte[LENGTH + message.getSerializedSize()];
    ByteBuffer.wrap(value).put(LAYOUT).putLong(head.revision).putLong(head.dueBucket);
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(value, LENGTH, value.length - LENGTH);
      message.writeTo(out);
      out.checkNoSpaceLeft();
    } catch (IOException e) {
      throw new UncheckedIOException("a message is not as long as it said", e);
    }
    return value;
  }

  /** Reads the head of a value of which at least {@link #LENGTH} bytes, or all, are there. */
  static RecordHead decode(byte[] value, int length) throws CodecException {
    if (length < LENGTH) {
      throw new CodecException.Malformed("a record is shorter than its head");
    }
    ByteBuffer head = ByteBuffer.wrap(value);
    if (head.get() != LAYOUT) {
      throw new CodecException.Newer("a record has a layout that only another release knows");
    }
    return new RecordHead(head.getLong(), head.getLong());
  }

  static SessionRecord decodeRecord(byte[] value) throws CodecException {
    RecordHead head = decode(value, value.length);
    try {
      CodedInputStream in = CodedInputStream.newInstance(value, LENGTH, value.length - LENGTH);
      return RecordCodec.decode(StoredRecord.parseFrom(in), head.revision);
    } catch (IOException e) {
      throw new CodecException.Malformed("a record is not a message: " + e.getMessage());
    }
  }
}
