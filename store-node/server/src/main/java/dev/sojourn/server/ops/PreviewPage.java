package dev.sojourn.server.ops;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.sojourn.core.PolicyInForce;
import dev.sojourn.policy.Policy;
import dev.sojourn.server.config.PolicyFile;
import dev.sojourn.server.ops.AdminServer.Answer;
import dev.sojourn.yaml.YamlProblem;
import dev.sojourn.yaml.YamlProblems;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Answers {@code POST /policy/preview}: how many live sessions the policy in the body would have to
 * move from here. One at a time, so that the store is not walked for each of many. Thread-safe.
 */
public final class PreviewPage {
  /** Other walks may be before it. */
  private static final long ANSWER_MILLIS_MAX = 3 * PolicyPreview.WALK_MILLIS_MAX;

  private final PolicyPreview preview;
  private final Function<Policy, PolicyInForce> compiler;
  private final AtomicBoolean underWay = new AtomicBoolean();

  /**
   * @param compiler makes a policy ready for the POPs in service
   */
  public PreviewPage(PolicyPreview preview, Function<Policy, PolicyInForce> compiler) {
    this.preview = preview;
    this.compiler = compiler;
  }

  /**
   * @param body the policy's YAML
   */
  CompletableFuture<Answer> answer(byte[] body) {
    YamlProblems problems = YamlProblems.of("policy");
    Optional<Policy> policy = PolicyFile.read(body, problems);
    if (policy.isEmpty()) {
      return CompletableFuture.completedFuture(unsound(problems));
    } else if (!underWay.compareAndSet(false, true)) {
      return CompletableFuture.completedFuture(
          Answer.problem(503, "another preview is under way; ask again when it is done"));
    }
    try {
      return walk(compiler.apply(policy.get()));
    } catch (RuntimeException e) {
      underWay.set(false);
      throw e;
    }
  }

  private CompletableFuture<Answer> walk(PolicyInForce policy) {
    AtomicBoolean isWanted = new AtomicBoolean(true);
    CompletableFuture<PolicyPreview.Result> walked = preview.of(policy, isWanted::get);
    return walked
        .whenComplete((result, failure) -> underWay.set(false))
        .copy()
        .orTimeout(ANSWER_MILLIS_MAX, TimeUnit.MILLISECONDS)
        .handle(
            (result, failure) -> {
              isWanted.set(false);
              return failure == null ? Answer.json(200, json(result)) : refusal(failure);
            });
  }

  private static Answer refusal(Throwable failure) {
    return failure instanceof TimeoutException
        ? Answer.problem(503, "the store is walked for something else; ask again in a while")
        : Answer.problem(500, "the store cannot be read");
  }

  private static Answer unsound(YamlProblems problems) {
    JsonArray all = new JsonArray();
    problems.all().stream().map(YamlProblem::render).forEach(all::add);
    JsonObject json = new JsonObject();
    json.addProperty("error", "the policy is not sound");
    json.add("problems", all);
    return Answer.json(422, json);
  }

  private static JsonObject json(PolicyPreview.Result result) {
    JsonObject json = new JsonObject();
    json.addProperty("pop", result.pop().name());
    json.addProperty("policy", result.policy());
    json.addProperty("share", result.share());
    json.addProperty("unreadable", result.unreadable());
    JsonObject namespaces = new JsonObject();
    result
        .namespaces()
        .forEach((namespace, moves) -> namespaces.add(namespace.name(), json(moves)));
    json.add("namespaces", namespaces);
    return json;
  }

  private static JsonObject json(PolicyPreview.Moves moves) {
    JsonObject json = new JsonObject();
    json.addProperty("live", moves.live());
    json.addProperty("frozen", moves.frozen());
    JsonObject to = new JsonObject();
    moves.to().forEachEntry((pop, count) -> to.addProperty(pop.name(), count));
    json.add("to", to);
    json.addProperty("parts", moves.parts());
    json.addProperty("nowhere", moves.nowhere());
    return json;
  }
}
