package dev.sojourn.sim.scenario;

import dev.sojourn.core.effect.Step;
import dev.sojourn.core.request.Field;
import dev.sojourn.core.request.OperationResult;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.Problem;
import dev.sojourn.core.request.Reply;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.hint.Hint;
import dev.sojourn.sim.world.Ask;
import dev.sojourn.sim.world.Describe;
import dev.sojourn.sim.world.World;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a scenario says must be so now. Each method throws when it is not. */
final class Expectations {
  private Expectations() {}

  /** {@code expect r1 ok v2 epoch 2 owner nyc cart=1 replayed}, or {@code expect r1 BUSY}. */
  static void answer(Ask ask, List<String> wanted) {
    if (wanted.get(0).equals("nothing")) {
      require(ask.reply().isEmpty(), "was answered: " + told(ask));
      return;
    }
    Reply reply = ask.reply().orElseThrow(() -> new AssertionError("nobody answered the request"));
    if (wanted.get(0).equals("ok")) {
      require(reply.outcome() instanceof Outcome.Success, "was told " + told(ask));
      success(reply, (Outcome.Success) reply.outcome(), wanted.subList(1, wanted.size()), ask);
    } else {
      Problem problem =
          ask.problem().orElseThrow(() -> new AssertionError("was told " + told(ask)));
      require(problem.code().name().equals(wanted.get(0)), "was told " + told(ask));
      if (wanted.size() > 2 && wanted.get(1).equals("missing")) {
        require(
            problem.versionsMissing() == Long.parseLong(wanted.get(2)),
            "counts " + problem.versionsMissing());
      } else if (wanted.size() > 1) {
        Optional<PopId> about = Optional.of(new PopId(wanted.get(1)));
        require(problem.pop().equals(about), "names another POP: " + told(ask));
      }
    }
  }

  private static String told(Ask ask) {
    return ask.reply().map(Describe::reply).orElse("nothing");
  }

  private static void success(Reply reply, Outcome.Success success, List<String> wanted, Ask ask) {
    for (int i = 0; i < wanted.size(); i++) {
      String word = wanted.get(i);
      boolean met =
          switch (word) {
            case "epoch" -> epochNumber(success) == Long.parseLong(wanted.get(++i));
            case "owner" -> reply.owner().equals(Optional.of(new PopId(wanted.get(++i))));
            case "hops" -> reply.halfRoundTrips() == Integer.parseInt(wanted.get(++i));
            case "absent" -> !fields(success).containsKey(wanted.get(++i));
            case "replayed" -> success.flags().replayed();
            case "fresh" -> !success.flags().replayed();
            case "superseded" -> success.flags().superseded();
            case "created" -> success.flags().created();
            case "ended" -> success.flags().ended();
            case "missing" -> success.flags().versionsMissing() == Long.parseLong(wanted.get(++i));
            case "redacted" -> success.flags().redacted();
            case "hint" -> success.hint().isPresent();
            case "no-hint" -> success.hint().isEmpty();
            case "no-session" -> success.epoch().isEmpty();
            case "granter" ->
                success
                    .hint()
                    .flatMap(Hint::granter)
                    .equals(Optional.of(new PopId(wanted.get(++i))));
            case "LOCAL", "GRANTED", "EXECUTED" -> reply.how().name().equals(word);
            default -> holds(success, word);
          };
      require(met, "`" + word + "` is not so: " + told(ask) + " " + fields(success).keySet());
    }
  }

  private static long epochNumber(Outcome.Success success) {
    return success.epoch().map(epoch -> epoch.number()).orElse(0L);
  }

  private static boolean holds(Outcome.Success success, String word) {
    int equals = word.indexOf('=');
    if (equals < 0) {
      return word.matches("v[0-9]+") && success.version() == Long.parseLong(word.substring(1));
    }
    Field found = fields(success).get(word.substring(0, equals));
    return found != null && found.value().equals(Operations.value(word));
  }

  private static Map<String, Field> fields(Outcome.Success success) {
    Map<String, Field> all = new TreeMap<>();
    for (OperationResult result : success.results()) {
      if (result instanceof OperationResult.FieldsRead read) {
        all.putAll(read.fields());
      }
    }
    return all;
  }

  /** {@code expect bos has Granted(nyc) epoch 2 v3}, durably. */
  static void record(World world, PopId pop, KeyHash key, List<String> wanted) {
    Optional<SessionRecord> found =
        Optional.ofNullable(world.disks().getOrDefault(pop, Map.of()).get(key));
    String what = found.map(Describe::record).orElse("nothing");
    for (int i = 0; i < wanted.size(); i++) {
      String word = wanted.get(i);
      boolean met =
          switch (word) {
            case "nothing" -> found.filter(r -> r.state().epochIfAny().isPresent()).isEmpty();
            case "epoch" ->
                found.flatMap(r -> r.state().epochIfAny()).map(e -> e.number()).orElse(0L)
                    == Long.parseLong(wanted.get(++i));
            case "owes" -> what.contains("owes " + wanted.get(++i));
            case "owing-nothing" -> !what.contains("owes");
            case "ended" -> what.endsWith("ended");
            case "lapsed" -> what.contains(", lapsed)");
            default ->
                word.matches("v[0-9]+")
                    ? found
                        .flatMap(r -> r.state().payload())
                        .map(SessionData::version)
                        .equals(Optional.of(Long.parseLong(word.substring(1))))
                    : what.startsWith(word);
          };
      require(met, "`" + pop + "` has " + what);
    }
  }

  /** {@code expect payloads 1}: so many disks hold the session. */
  static void payloads(World world, KeyHash key, int wanted) {
    long found =
        world.disks().values().stream()
            .map(records -> records.get(key))
            .filter(record -> record != null && record.state().payload().isPresent())
            .count();
    require(found == wanted, found + " payloads");
  }

  /** {@code expect steps bos GRANTED 1}. */
  static void steps(World world, List<String> wanted) {
    int found = world.count(new PopId(wanted.get(0)), Step.valueOf(wanted.get(1)));
    require(found == Integer.parseInt(wanted.get(2)), "counted " + found);
  }

  static void require(boolean met, String otherwise) {
    if (!met) {
      throw new AssertionError(otherwise);
    }
  }
}
