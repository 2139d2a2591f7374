package dev.sojourn.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.sojourn.cli.ExitCode;
import dev.sojourn.cli.Sojourn;
import dev.sojourn.core.effect.LedgerEntry;
import dev.sojourn.core.effect.LedgerEntry.Act;
import dev.sojourn.policy.RuleId;
import dev.sojourn.server.ledger.LedgerChain;
import dev.sojourn.server.ledger.LedgerKey;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session that was made in Frankfurt, went to Tokyo, and was seen in London on its way. */
class AuditCommandTest {
  private static final String SESSION = "00000000000000000000000000000001";

  private final LedgerKey fraKey = LedgerKey.fresh();
  private final LedgerKey tyoKey = LedgerKey.fresh();
  private final StringWriter screen = new StringWriter();

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void writeLedgers() throws IOException {
    write(
        "fra",
        fraKey,
        entry(1, Act.CREATED, "fra", "fra"),
        entry(2, Act.SERVED, "fra", "lhr"),
        entry(3, Act.MOVED, "fra", "tyo"),
        entry(5, Act.ERASED, "fra", "fra"));
    write("tyo", tyoKey, entry(4, Act.TAKEN, "fra", "tyo"));
  }

  @Test
  void shouldTellThatLedgersAreWhole() {
    String keys = "--key fra=" + fraKey.publicKey() + " --key tyo=" + tyoKey.publicKey();
    assertThat(run("verify " + keys + " fra.jsonl tyo.jsonl"))
        .isEqualTo(
            """
            fra.jsonl: whole, 4 entries of `fra` up to 1970-01-01T00:00:05Z
            tyo.jsonl: whole, 1 entry of `tyo` up to 1970-01-01T00:00:04Z
            -> 0
            """);
  }

  @Test
  void shouldShowTheKeyWhereNoneIsKnown() {
    assertThat(run("verify tyo.jsonl"))
        .isEqualTo(
            """
            tyo.jsonl: whole, 1 entry of `tyo` up to 1970-01-01T00:00:04Z
              signed by KEY
              whose key that is, this does not tell: give `--key tyo=...`
            -> 0
            """
                .replace("KEY", tyoKey.publicKey()));
  }

  @Test
  void shouldTellWhereALedgerIsNotWhole() throws IOException {
    Path file = folder.resolve("fra.jsonl");
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.remove(1);
    Files.write(file, lines);
    assertThat(run("verify --key fra=" + tyoKey.publicKey() + " fra.jsonl"))
        .isEqualTo(
            """
            fra.jsonl:2: entry 3 does not follow entry 1: something between them was removed, added or put elsewhere
            fra.jsonl:4: the head is signed by another key than the one given for `fra`
            -> 1
            """);
  }

  @Test
  void shouldCompareExportsOfOnePop() throws IOException {
    Files.move(folder.resolve("fra.jsonl"), folder.resolve("old.jsonl"));
    write("fra", fraKey, entry(1, Act.CREATED, "fra", "fra"), entry(2, Act.SERVED, "fra", "cdg"));
    assertThat(run("verify old.jsonl fra.jsonl"))
        .contains("`old.jsonl` and `fra.jsonl` differ from entry 2 of `fra` on")
        .endsWith("-> 1\n");
  }

  @Test
  void shouldTellEveryPlaceWhereASessionHasBeen() {
    assertThat(run("where " + SESSION + " fra.jsonl tyo.jsonl"))
        .isEqualTo(
            """
            fra: from 1970-01-01T00:00:01Z to 1970-01-01T00:00:05Z, made there, with identity
            tyo: from 1970-01-01T00:00:04Z on, taken from fra, with identity
            lhr: seen from 1970-01-01T00:00:02Z on, by fra, identity
            -> 0
            """);
  }

  /** Its identity stayed in Frankfurt, and a payment came to rest with that later. */
  @Test
  void shouldTellWhereAPartOfASessionWasKept() throws IOException {
    write(
        "fra",
        fraKey,
        entry(1, Act.CREATED, "fra", "fra", "identity"),
        entry(3, Act.MOVED, "fra", "tyo", "cart"),
        entry(3, Act.KEPT, "fra", "fra", "identity"),
        entry(5, Act.ERASED, "fra", "fra", "cart"),
        entry(6, Act.SERVED, "fra", "tyo", "identity"),
        entry(7, Act.KEPT, "fra", "fra", "payment"),
        entry(9, Act.DROPPED, "fra", "fra", "identity", "payment"));
    write("tyo", tyoKey, entry(4, Act.TAKEN, "fra", "tyo", "cart"));

    assertThat(run("where " + SESSION + " fra.jsonl tyo.jsonl"))
        .isEqualTo(
            """
            fra: from 1970-01-01T00:00:01Z to 1970-01-01T00:00:05Z, made there, with cart, identity
            fra: from 1970-01-01T00:00:03Z to 1970-01-01T00:00:09Z, kept for its owner, with identity
            tyo: from 1970-01-01T00:00:04Z on, taken from fra, with cart
            fra: from 1970-01-01T00:00:07Z to 1970-01-01T00:00:09Z, kept for its owner, with payment
            tyo: seen from 1970-01-01T00:00:06Z on, by fra, identity
            -> 0
            """);
  }

  @Test
  void shouldSayThatALedgerIsMissing() {
    assertThat(run("where " + SESSION + " fra.jsonl"))
        .isEqualTo(
            """
            fra: from 1970-01-01T00:00:01Z to 1970-01-01T00:00:05Z, made there, with identity
            lhr: seen from 1970-01-01T00:00:02Z on, by fra, identity
            tyo: not known, since no ledger of it was given; it had the session, or was to get it
            -> 1
            """);
  }

  @Test
  void shouldSayWhatItDoesNotKnow() {
    assertThat(run("where " + SESSION.replace('1', '2') + " fra.jsonl tyo.jsonl"))
        .isEqualTo("these ledgers know of no place where it was at rest\n-> 1\n");
    assertThat(run("where abc fra.jsonl")).contains("`abc` is no key hash").endsWith("-> 2\n");
    assertThat(run("verify none.jsonl")).contains("cannot read `none.jsonl`").endsWith("-> 2\n");
  }

  private String run(String command) {
    screen.getBuffer().setLength(0);
    List<String> words = new ArrayList<>(List.of("audit"));
    for (String word : command.split(" ")) {
      words.add(word.endsWith(".jsonl") ? folder.resolve(word).toString() : word);
    }
    PrintWriter both = new PrintWriter(screen);
    int code =
        Sojourn.commandLine().setOut(both).setErr(both).execute(words.toArray(new String[0]));
    assertThat(code).isNotEqualTo(ExitCode.INTERNAL);
    return screen.toString().replace(folder + "/", "") + "-> " + code + "\n";
  }

  private void write(String pop, LedgerKey key, LedgerEntry... entries) throws IOException {
    LedgerChain chain =
        new LedgerChain(new LedgerChain.Signer(new PopId(pop), key), Optional.empty());
    List<String> lines = new ArrayList<>();
    for (LedgerEntry entry : entries) {
      lines.add(chain.append(entry));
    }
    lines.add(chain.head().asLine());
    Files.write(folder.resolve(pop + ".jsonl"), lines);
  }

  private static LedgerEntry entry(long second, Act act, String from, String to) {
    return entry(second, act, from, to, "identity");
  }

  private static LedgerEntry entry(
      long second, Act act, String from, String to, String... classes) {
    return new LedgerEntry(
        second * 1_000,
        act,
        new KeyHash(Bytes.fromHex(SESSION)),
        new PopId(from),
        new PopId(to),
        ImmutableList.copyOf(classes),
        ImmutableList.of(new RuleId("first")),
        "7");
  }
}
