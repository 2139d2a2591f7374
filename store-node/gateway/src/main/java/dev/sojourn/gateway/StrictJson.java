package dev.sojourn.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import dev.sojourn.v1.ErrorDetail;
import dev.sojourn.v1.ExecuteRequest;
import dev.sojourn.v1.ExecuteResponse;
import dev.sojourn.v1.InspectRequest;
import dev.sojourn.v1.InspectResponse;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.curioswitch.common.protobuf.json.MessageMarshaller;

/**
 * The messages of the wire as JSON, by protobuf's own mapping. Strict where a mistake could pass
 * unseen: unknown fields, a field twice, and anything behind the message are refused. Thread-safe.
 */
final class StrictJson {
  private static final int DEPTH_MAX = 32;
  private static final Pattern UNKNOWN_FIELD =
      Pattern.compile("Cannot find field: ([A-Za-z][A-Za-z0-9_]{0,63}) in message .*");

  private final JsonFactory factory;
  private final MessageMarshaller messages =
      MessageMarshaller.builder()
          .register(ExecuteRequest.getDefaultInstance())
          .register(ExecuteResponse.getDefaultInstance())
          .register(InspectRequest.getDefaultInstance())
          .register(InspectResponse.getDefaultInstance())
          .register(ErrorDetail.getDefaultInstance())
          .register(ErrorInfo.getDefaultInstance())
          .omittingInsignificantWhitespace(true)
          .build();

  /** Why a body is not the message that it should be, without a word of what it holds. */
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * @param textCharsMax of one text in it, which holds a field's value as base64
   */
  StrictJson(int textCharsMax) {
    this.factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxStringLength(textCharsMax)
                    .maxNumberLength(32)
                    .build())
            .build();
  }

  /**
   * Reads {@code json} into {@code into}.
   *
   * @throws MalformedException with one lower-case line that shows no value
   */
  void read(byte[] json, Message.Builder into) throws MalformedException {
    try (JsonParser parser = factory.createParser(json)) {
      messages.mergeValue(parser, into);
      if (parser.nextToken() != null) {
        throw new MalformedException("there is something behind the JSON of the request");
      }
    } catch (InvalidProtocolBufferException e) {
      throw malformed(String.valueOf(e.getMessage()), into);
    } catch (IOException | RuntimeException e) {
      throw malformed("", into);
    }
  }

  byte[] write(Message message) {
    try {
      return messages.writeValueAsBytes(message);
    } catch (IOException e) {
      throw new IllegalStateException("a message of ours is not to be written as JSON", e);
    }
  }

  private static MalformedException malformed(String reason, Message.Builder into) {
    String name = into.getDescriptorForType().getFullName();
    Matcher unknown = UNKNOWN_FIELD.matcher(reason);
    return unknown.matches()
        ? new MalformedException("`" + unknown.group(1) + "` is no field of its message in " + name)
        : new MalformedException("the body is not the JSON of a " + name);
  }
}
