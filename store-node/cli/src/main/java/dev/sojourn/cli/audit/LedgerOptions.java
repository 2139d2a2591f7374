package dev.sojourn.cli.audit;

import com.google.common.collect.ImmutableList;
import dev.sojourn.cli.CommandFailure;
import dev.sojourn.server.ledger.LedgerFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The keys that ledgers must be signed with, and how they are read. */
final class LedgerOptions {
  @Option(
      names = "--key",
      paramLabel = "POP=KEY",
      description =
          "The public key that this POP signs with, as its first export showed it. May be given for"
              + " several. Without, whoever wrote the export may have signed it.")
  private Map<String, String> keys = new LinkedHashMap<>();

  boolean isKnown(String pop) {
    return keys.containsKey(pop);
  }

  ImmutableList<LedgerFile> read(Iterable<Path> files) {
    ImmutableList.Builder<LedgerFile> ledgers = ImmutableList.builder();
    for (Path file : files) {
      try {
        ledgers.add(LedgerFile.read(file, keys));
      } catch (IOException e) {
        throw CommandFailure.usage("cannot read `" + file + "`", "name a file that you may read");
      }
    }
    return ledgers.build();
  }
}
