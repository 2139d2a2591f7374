package dev.sojourn.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sojourn.hint.HintKey;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.RandomSource;
import dev.sojourn.yaml.InvalidYamlException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysFileTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

  private Path directory;
  private final RandomSource random = new Seeded(new SplittableRandom(12));
  private final NodeKeys keys = NodeKeys.fresh(random, TODAY);
  private Path file;

  @BeforeEach
  void nameTheFile(@TempDir Path temporary) {
    directory = temporary;
    file = directory.resolve("keys.yaml");
  }

  @Test
  void shouldReadWhatItWrote() throws Exception {
    KeysFile.create(file, keys);
    assertThat(KeysFile.read(file)).isEqualTo(keys);
    NodeKeys rotated = keys.rotated(random, TODAY.plusDays(90));
    KeysFile.replace(file, rotated);
    assertThat(KeysFile.read(file)).isEqualTo(rotated);
    try (var left = Files.list(directory)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void shouldWriteForItsOwnerAlone() throws Exception {
    KeysFile.create(file, keys);
    KeysFile.replace(file, keys);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void shouldNotOverwriteKeysWithNewOnes() throws Exception {
    KeysFile.create(file, keys);
    assertThatThrownBy(() -> KeysFile.create(file, NodeKeys.fresh(random, TODAY)))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(KeysFile.read(file)).isEqualTo(keys);
  }

  @Test
  void shouldRefuseAFileThatOthersCanRead() throws Exception {
    KeysFile.create(file, keys);
    for (String mode : List.of("rw----r--", "rw-----w-", "rw-rw----")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      assertThatThrownBy(() -> KeysFile.read(file)).hasMessageContaining("run `chmod 600 ");
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r-----"));
    assertThat(KeysFile.read(file)).isEqualTo(keys);
  }

  @Test
  void shouldRotateInOneStepOrInTwo() {
    NodeKeys staged = keys.staged(random, TODAY);
    assertThat(ids(staged)).containsExactly(1, 2);
    assertThat(ids(staged.promoted())).containsExactly(2, 1);
    assertThat(ids(staged.promoted().promoted())).containsExactly(2, 1);
    assertThat(ids(staged.promoted().rotated(random, TODAY))).containsExactly(3, 2, 1);
    assertThat(staged.promoted().recordNameKey()).isEqualTo(keys.recordNameKey());
    assertThat(staged.ring().sealing().id()).isEqualTo(1);
  }

  @Test
  void shouldShowNoSecretWhateverIsWrong() throws Exception {
    KeysFile.create(file, keys);
    String good = Files.readString(file);
    String secret = Base64.getEncoder().encodeToString(keys.peerSecret().toArray());
    List<String> spoilt =
        List.of(
            good.replace(secret, secret.substring(4)),
            good.replace(secret, "!" + secret),
            good.replace("peer-secret: ", "peer-secret "),
            good.replace("peer-secret: " + secret, secret + ": 1"),
            good.replace("id: 1", "id: " + secret),
            good.replace("created: ", "created: " + secret),
            good.replace(secret, "[" + secret),
            good + "\n- " + secret,
            good.replace("hint-keys:", "hint-keys: " + secret),
            "hint-keys: []\nrecord-name-key: " + secret + "\npeer-secret: " + secret);
    for (String content : spoilt) {
      Files.writeString(file, content);
      InvalidYamlException failure =
          catchThrowableOfType(InvalidYamlException.class, () -> KeysFile.read(file));
      assertThat(failure).as(content).isNotNull();
      assertThat(failure.getMessage()).doesNotContain(secret.substring(8, 30));
    }
    assertThat(keys.toString()).doesNotContain(secret).doesNotContain(keys.peerSecret().toHex());
  }

  @Test
  void shouldRefuseTwoKeysOfOneId() throws Exception {
    KeysFile.create(file, keys.staged(random, TODAY));
    Files.writeString(file, Files.readString(file).replace("id: 2", "id: 1"));
    assertThatThrownBy(() -> KeysFile.read(file)).hasMessageContaining("two hint keys have one id");
  }

  private static List<Integer> ids(NodeKeys of) {
    return of.hintKeys().stream().map(NodeKeys.DatedKey::key).map(HintKey::id).toList();
  }

  private record Seeded(SplittableRandom source) implements RandomSource {
    @Override
    public Bytes nextBytes(int length) {
      byte[] bytes = new byte[length];
      source.nextBytes(bytes);
      return Bytes.wrap(bytes);
    }

    @Override
    public RandomSource fork() {
      return new Seeded(source.split());
    }
  }
}
