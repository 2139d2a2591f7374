package dev.sojourn.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.LonePop.Sent;
import dev.sojourn.core.effect.LedgerEntry;
import dev.sojourn.core.effect.LedgerEntry.Act;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.Reply;
import dev.sojourn.hint.Hint;
import dev.sojourn.value.KeyHash;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Whatever three POPs do with a session, at each moment each POP's ledger says of the data at rest
 * there what its disk says: no act is without its entry.
 */
class LedgerAgreementTest {
  private static final KeyHash KEY = Say.key(1);
  private static final int STEPS = 120;

  private final Set<Act> met = EnumSet.noneOf(Act.class);

  @Test
  void shouldSayOfDataAtRestWhatTheDisksSay() {
    for (long seed = 1; seed <= 200; seed++) {
      new World(seed).run();
    }
    assertThat(met)
        .contains(Act.CREATED, Act.TAKEN, Act.MOVED, Act.SERVED, Act.REFUSED, Act.ERASED);
  }

  private final class World {
    private final long seed;
    private final SplittableRandom random;
    private final ImmutableList<LonePop> pops =
        ImmutableList.of(LedgerTest.pop("a"), LedgerTest.pop("b"), LedgerTest.pop("c"));
    private final int[] delivered = new int[3];
    private Optional<Hint> hint = Optional.empty();
    private long requests;

    World(long seed) {
      this.seed = seed;
      this.random = new SplittableRandom(seed);
      pops.forEach(pop -> pop.connect("a", "b", "c"));
    }

    void run() {
      for (int step = 0; step < STEPS; step++) {
        int index = random.nextInt(pops.size());
        LonePop pop = pops.get(index);
        switch (random.nextInt(4)) {
          case 0 -> ask(pop);
          case 1 -> deliver(index);
          default -> pop.sync();
        }
        learn();
        pops.forEach(each -> check(each));
      }
      pops.forEach(each -> each.ledger.forEach(entry -> met.add(entry.act())));
    }

    private void ask(LonePop pop) {
      requests++;
      boolean ends = random.nextInt(25) == 0;
      Operation operation =
          ends
              ? new Operation.Destroy()
              : random.nextBoolean() ? Say.read() : Say.put(random.nextBoolean() ? "name" : "cart");
      if (hint.isPresent()) {
        pop.client(KEY, Say.request(requests, hint.get(), operation));
      } else if (!ends) {
        pops.get(0).client(KEY, Say.creation(1, "a", 1, Say.put("cart")));
      }
    }

    private void deliver(int from) {
      List<Sent> sent = pops.get(from).sent;
      if (delivered[from] < sent.size()) {
        Sent next = sent.get(delivered[from]++);
        pops.stream()
            .filter(pop -> pop.id.equals(next.to()))
            .forEach(pop -> pop.receive(pops.get(from).id.name(), KEY, next.message()));
      }
    }

    /** What the client knows now. */
    private void learn() {
      for (LonePop pop : pops) {
        for (Reply reply : new ArrayList<>(pop.replies.values())) {
          if (reply.outcome() instanceof Outcome.Success success && success.hint().isPresent()) {
            Hint newer = success.hint().get();
            boolean isNews =
                hint.isEmpty()
                    || newer.epoch().isAfter(hint.get().epoch())
                    || newer.version() > hint.get().version();
            hint = isNews ? Optional.of(newer) : hint;
          }
        }
      }
    }

    private void check(LonePop pop) {
      boolean isAtRest = pop.record(KEY).state().payload().isPresent();
      boolean isSaidToBe = false;
      for (LedgerEntry entry : pop.ledger) {
        boolean comes = entry.act() == Act.CREATED || entry.act() == Act.TAKEN;
        isSaidToBe = comes || (isSaidToBe && entry.act() != Act.ERASED);
      }
      assertThat(isSaidToBe)
          .as("seed %d: %s has %s, and its ledger %s", seed, pop.id, isAtRest, pop.ledger)
          .isEqualTo(isAtRest);
    }
  }
}
