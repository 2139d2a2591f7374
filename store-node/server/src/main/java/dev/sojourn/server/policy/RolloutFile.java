package dev.sojourn.server.policy;

import com.google.common.hash.Hashing;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.sojourn.server.config.PolicySigners;
import dev.sojourn.server.shell.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Keeps a {@link Rollout} in the data directory, replaced as a whole. It holds the bundles as they
 * were signed, and their signatures are looked at again whenever it is read. A digest of the whole
 * tells whether one of them is missing.
 */
final class RolloutFile {
  static final String NAME = "policy-rollout.json";

  private final AtomicFile file;

  RolloutFile(Path dataDirectory) {
    this.file = new AtomicFile(dataDirectory.resolve(NAME));
  }

  Path path() {
    return file.path();
  }

  /** Returns once it would survive a crash. */
  void write(Rollout rollout) throws IOException {
    JsonObject holds = new JsonObject();
    Edition settled = rollout.settled();
    settled
        .bundle()
        .ifPresentOrElse(
            bundle -> holds.addProperty("settled", BundleText.of(bundle)),
            () -> holds.addProperty("began_with", settled.yaml()));
    rollout.main().ifPresent(bundle -> holds.addProperty("main", BundleText.of(bundle)));
    rollout.trial().ifPresent(bundle -> holds.addProperty("trial", BundleText.of(bundle)));
    JsonObject json = new JsonObject();
    json.add("holds", holds);
    json.addProperty("sha256", digestOf(holds));
    file.write(json + "\n");
  }

  /**
   * Empty if no bundle was ever taken.
   *
   * @param signers empty if the node has none
   * @throws IOException if the file cannot be read
   * @throws RolloutUnusable if it cannot be trusted: then nothing may be served, since what the
   *     node would fall back to may allow more
   */
  Optional<Rollout> read(Optional<PolicySigners> signers) throws IOException, RolloutUnusable {
    Optional<String> text = file.read();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (signers.isEmpty()) {
      throw new RolloutUnusable(
          RolloutUnusable.Kind.SIGNER,
          "`%s` holds signed policies, and `policy-signers` is not set; set it again"
              .formatted(path()));
    }
    try {
      return Optional.of(parse(text.get(), signers.get()));
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
      throw damaged();
    }
  }

  /**
   * @throws RolloutUnusable if there is such a file
   */
  void refuseIfThere() throws IOException, RolloutUnusable {
    if (file.read().isPresent()) {
      throw new RolloutUnusable(
          RolloutUnusable.Kind.SIGNER,
          ("`%s` holds signed policies, and `policy` is not set; set it and `policy-signers` again,"
                  + " or delete the file, and data may be anywhere")
              .formatted(path()));
    }
  }

  private Rollout parse(String text, PolicySigners signers) throws RolloutUnusable {
    JsonObject json = JsonParser.parseString(text).getAsJsonObject();
    JsonElement found = json.get("holds");
    if (found == null || !text(json, "sha256").filter(digestOf(found)::equals).isPresent()) {
      throw damaged();
    }
    JsonObject holds = found.getAsJsonObject();
    Optional<Bundle> settled = bundle(holds, "settled", signers);
    return new Rollout(
        settled.isPresent()
            ? Edition.of(settled.get())
            : Edition.beginning(text(holds, "began_with").orElseThrow(this::damaged)),
        bundle(holds, "main", signers),
        bundle(holds, "trial", signers));
  }

  private Optional<Bundle> bundle(JsonObject json, String name, PolicySigners signers)
      throws RolloutUnusable {
    Optional<String> text = text(json, name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      Bundle bundle = BundleText.parse(text.get().getBytes(StandardCharsets.UTF_8));
      BundleCheck.signature(bundle, signers);
      return Optional.of(bundle);
    } catch (BundleRefused e) {
      if (e.kind() == BundleRefused.Kind.UNKNOWN_SIGNER) {
        throw new RolloutUnusable(
            RolloutUnusable.Kind.SIGNER,
            "`%s` holds a policy that is signed by %s"
                    .formatted(path(), "a key that `policy-signers` no longer has: ")
                + e.reason());
      }
      throw damaged();
    }
  }

  private static Optional<String> text(JsonObject json, String name) {
    return Optional.ofNullable(json.get(name)).map(JsonElement::getAsString);
  }

  private RolloutUnusable damaged() {
    return new RolloutUnusable(
        RolloutUnusable.Kind.DAMAGED,
        ("`%s` is damaged, and with it which policy decides here. Put a copy back, or another POP's"
                + " file; or delete it, and the node begins with `policy` again until another POP"
                + " has told it what is newer")
            .formatted(path()));
  }

  private static String digestOf(JsonElement holds) {
    return Hashing.sha256().hashString(holds.toString(), StandardCharsets.UTF_8).toString();
  }
}
