package dev.sojourn.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.sojourn.core.effect.LedgerEntry;
import dev.sojourn.core.effect.LedgerEntry.Act;
import dev.sojourn.policy.RuleId;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to an export, it is not taken for whole. */
class LedgerFileTest {
  private static final int ENTRIES = 12;

  private final LedgerKey key = LedgerKey.fresh();
  private final Map<String, String> known = ImmutableMap.of("fra", key.publicKey());

  @TempDir private Path folder = Path.of("");

  @Test
  void shouldTakeALedgerForWholeThatIs() throws IOException {
    List<String> lines = ledger(key, ENTRIES);
    LedgerFile file = check(lines);
    assertThat(file.problems()).isEmpty();
    assertThat(file.lines()).hasSize(ENTRIES);
    assertThat(file.pop()).isEqualTo("fra");
    assertThat(file.lines().get(3).classes()).containsExactly("identity");
    assertThat(file.lines().get(3).rules()).containsExactly("first");
  }

  @Test
  void shouldFindAnyChangedCharacter() throws IOException {
    long seed = 5;
    SplittableRandom random = new SplittableRandom(seed);
    List<String> lines = ledger(key, ENTRIES);
    for (int i = 0; i < 300; i++) {
      List<String> changed = new ArrayList<>(lines);
      int at = random.nextInt(changed.size());
      StringBuilder line = new StringBuilder(changed.get(at));
      int column = random.nextInt(line.length());
      char other = (char) (line.charAt(column) ^ (1 << random.nextInt(5)));
      line.setCharAt(column, other);
      changed.set(at, line.toString());
      assertThat(check(changed).isWhole())
          .as("seed %d: line %d, column %d is %s", seed, at, column, other)
          .isFalse();
    }
  }

  @Test
  void shouldFindAnEntryThatWasChangedAndHashedAnew() throws IOException {
    List<String> lines = ledger(key, ENTRIES);
    String changed = lines.get(4).replace("\"to\":\"tyo\"", "\"to\":\"fra\"");
    String open = changed.substring(0, changed.indexOf(",\"hash\":"));
    String hash = LedgerLine.digestOf(changed).orElseThrow();
    lines.set(4, open + ",\"hash\":\"" + hash + "\"}");
    assertThat(check(lines).problems()).hasSize(1);
    assertThat(check(lines).problems().get(0)).contains(":6: entry 6 does not follow entry 5");
  }

  @Test
  void shouldFindAnEntryThatWasRemovedAddedOrSwapped() throws IOException {
    for (int i = 0; i < ENTRIES; i++) {
      List<String> removed = ledger(key, ENTRIES);
      removed.remove(i);
      assertThat(check(removed).isWhole()).as("without line %d", i).isFalse();
      List<String> twice = ledger(key, ENTRIES);
      twice.add(i, twice.get(i));
      assertThat(check(twice).isWhole()).as("line %d twice", i).isFalse();
      List<String> swapped = ledger(key, ENTRIES);
      Collections.swap(swapped, i, (i + 1) % ENTRIES);
      assertThat(check(swapped).isWhole()).as("line %d swapped", i).isFalse();
    }
  }

  @Test
  void shouldFindATailThatWasCutOff() throws IOException {
    List<String> lines = ledger(key, ENTRIES);
    assertThat(check(lines.subList(0, ENTRIES)).problems().get(0))
        .contains("there is no signed head: the end may have been cut off");
    List<String> cut = new ArrayList<>(lines.subList(0, ENTRIES - 2));
    cut.add(lines.get(ENTRIES));
    assertThat(check(cut).problems().get(0)).contains("the end was cut off or changed");
    assertThat(check(ImmutableList.of()).isWhole()).isFalse();
    List<String> longer = ledger(key, ENTRIES);
    longer.add(longer.get(0));
    assertThat(check(longer).isWhole()).as("something behind the head").isFalse();
  }

  @Test
  void shouldFindAForeignSignature() throws IOException {
    LedgerKey foreign = LedgerKey.fresh();
    assertThat(check(ledger(foreign, ENTRIES)).problems())
        .hasSize(1)
        .allMatch(problem -> problem.contains("by another key than the one given for `fra`"));
    LedgerFile unpinned = LedgerFile.read(write(ledger(foreign, ENTRIES)), ImmutableMap.of());
    assertThat(unpinned.isWhole()).as("without a known key nobody can tell").isTrue();

    List<String> lines = ledger(key, ENTRIES);
    List<String> others = ledger(foreign, ENTRIES);
    String signature = LedgerHead.parse(others.get(ENTRIES)).orElseThrow().signature();
    String own = LedgerHead.parse(lines.get(ENTRIES)).orElseThrow().signature();
    lines.set(ENTRIES, lines.get(ENTRIES).replace(own, signature));
    assertThat(LedgerFile.read(write(lines), ImmutableMap.of()).problems().get(0))
        .contains("the head's signature is not by the key that it names");
  }

  @Test
  void shouldFindALedgerThatWasWrittenAnewByItsOwnKey() throws IOException {
    LedgerFile early = check(ledger(key, 5));
    LedgerFile late = check(ledger(key, ENTRIES));
    assertThat(early.contradiction(late)).isEmpty();
    List<String> anew = new ArrayList<>();
    LedgerChain chain = chain(key);
    for (int i = 1; i <= ENTRIES; i++) {
      anew.add(chain.append(entry(i == 3 ? 99 : i)));
    }
    anew.add(chain.head().asLine());
    LedgerFile rewritten = check(anew);
    assertThat(rewritten.isWhole()).isTrue();
    assertThat(early.contradiction(rewritten).orElseThrow()).contains("differ from entry 3");
  }

  @Test
  void shouldKeepItsKeyInAFileForItsUserAlone() throws IOException {
    Path file = folder.resolve("ledger.key");
    LedgerKey made = LedgerKey.open(file);
    assertThat(LedgerKey.open(file).publicKey()).isEqualTo(made.publicKey());
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    assertThat(LedgerKey.isSignedBy(made.publicKey(), "a", LedgerKey.open(file).sign("a")))
        .isTrue();
    Files.writeString(file, key.publicKey() + "\n" + key.publicKey() + "\n");
    assertThat(catchThrowable(() -> LedgerKey.open(file)))
        .hasMessageContaining("holds no whole Ed25519 key");
  }

  private LedgerFile check(List<String> lines) throws IOException {
    return LedgerFile.read(write(lines), known);
  }

  private Path write(List<String> lines) throws IOException {
    return Files.write(folder.resolve("fra.jsonl"), lines);
  }

  private static List<String> ledger(LedgerKey by, int entries) {
    List<String> lines = new ArrayList<>();
    LedgerChain chain = chain(by);
    for (int i = 1; i <= entries; i++) {
      lines.add(chain.append(entry(i)));
    }
    lines.add(chain.head().asLine());
    return lines;
  }

  private static LedgerChain chain(LedgerKey by) {
    return new LedgerChain(new LedgerChain.Signer(new PopId("fra"), by), Optional.empty());
  }

  private static LedgerEntry entry(int number) {
    return new LedgerEntry(
        1_700_000_000_000L + number,
        Act.MOVED,
        new KeyHash(Bytes.fromHex(String.format("%032x", number))),
        new PopId("fra"),
        new PopId("tyo"),
        ImmutableList.of("identity"),
        ImmutableList.of(new RuleId("first")),
        "7");
  }
}
