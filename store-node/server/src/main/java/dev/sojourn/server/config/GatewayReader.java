package dev.sojourn.server.config;

import com.google.common.collect.ImmutableSet;
import dev.sojourn.server.config.NodeConfig.Gateway;
import dev.sojourn.yaml.YamlFields;
import dev.sojourn.yaml.YamlValue;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** From the keys of {@code gateway} in {@code node.yaml} to its configuration. */
final class GatewayReader {
  private static final Address LISTEN = new Address("127.0.0.1", 7403);
  private static final int KIB = 1 << 10;
  private static final int MIB = 1 << 20;
  private static final long CALL_MILLIS_DEFAULT = 10_000;
  private static final long CALL_MILLIS_MAX = 60_000;
  private static final Pattern ORIGIN =
      Pattern.compile(
          "https?://[a-z0-9.-]{1,253}(:\\d{1,5})?|https?://\\[[0-9a-f:.]+](:\\d{1,5})?");

  private final YamlFields fields;
  private final Path directory;

  GatewayReader(YamlFields fields, Path directory) {
    this.fields = fields;
    this.directory = directory;
  }

  /**
   * @param isProtected whether what goes over the wire cannot be read along, or that is allowed
   * @return nothing if it is switched off
   */
  Optional<Gateway> read(boolean isProtected, boolean insecure) {
    final boolean enabled = fields.get("enabled").bool().orElse(true);
    final Optional<Path> tokens =
        fields.get("tokens").text(text -> directory.resolve(text).normalize());
    YamlValue listenValue = fields.get("listen");
    Optional<Address> given =
        NodeConfigReader.address(listenValue, isProtected, NodeConfigReader.UNREAD);
    boolean isAsked = insecure || fields.get("tokens").isPresent();
    if (!isAsked && given.isPresent() && !given.get().isLoopback()) {
      listenValue.refuse(
          "without `tokens` the gateway asks nobody who they are",
          "give `gateway.tokens`, listen at `127.0.0.1`, or spell out `insecure: true`");
    }
    ImmutableSet<String> origins =
        fields.get("origins").list().stream()
            .flatMap(item -> item.text(GatewayReader::origin).stream())
            .collect(ImmutableSet.toImmutableSet());
    Gateway gateway =
        new Gateway(
            given.orElse(LISTEN),
            tokens,
            origins,
            fields.get("docs").bool().orElse(false),
            fields.get("body").sizeBytes(KIB, 32 * MIB).orElse(3L * MIB).intValue(),
            fields.get("headers").sizeBytes(KIB, 64 * KIB).orElse(16L * KIB).intValue(),
            fields.get("time").durationMillis(100, CALL_MILLIS_MAX).orElse(CALL_MILLIS_DEFAULT));
    fields.finish();
    return enabled ? Optional.of(gateway) : Optional.empty();
  }

  private static String origin(String text) {
    if (!ORIGIN.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "`" + text + "` is not an origin such as `https://shop.example.net`, without a path");
    }
    return text;
  }
}
