package dev.sojourn.bench;

import com.google.gson.GsonBuilder;
import dev.sojourn.client.Operations;
import dev.sojourn.client.Session;
import dev.sojourn.client.SojournClient;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a local read through the SDK compares with a bare unary echo of grpc-java: both servers run
 * side by side in processes of their own, rounds are interleaved, and the medians of the per-round
 * ratios count. A value has 1 KiB both ways of the echo, and one way of the read.
 */
public final class LocalReads {
  private static final int VALUE_BYTES = 1024;
  private static final int[] IN_FLIGHT = {1, 64};
  private static final int WARM_UP_ROUNDS = 4;
  private static final int ROUNDS = 9;
  private static final long ROUND_MILLIS = 1_500;
  private static final int SESSIONS = 64;

  private LocalReads() {}

  /** What came of one number of calls in flight, calls a second in each round. */
  record Figures(
      int inFlight,
      double readOverDirectEcho,
      double readOverDefaultEcho,
      List<Double> reads,
      List<Double> directEchoes,
      List<Double> defaultEchoes) {}

  /** Prints the figures as JSON, and writes them to the file named first, if any. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Map<String, Object> report = new LinkedHashMap<>();
    try (Servers servers = Servers.start();
        SojournClient client =
            SojournClient.connect("127.0.0.1:" + servers.nodePort(), Servers.NAMESPACE)) {
      List<Session> sessions = create(client);
      ManagedChannel direct = BareEcho.connect(servers.directEchoPort(), true);
      ManagedChannel byDefault = BareEcho.connect(servers.defaultEchoPort(), false);
      List<Figures> figures = new ArrayList<>();
      for (int inFlight : IN_FLIGHT) {
        figures.add(compare(sessions, direct, byDefault, inFlight));
      }
      direct.shutdownNow();
      byDefault.shutdownNow();
      report.put("java", System.getProperty("java.version"));
      report.put("cores", Runtime.getRuntime().availableProcessors());
      report.put("value_bytes", VALUE_BYTES);
      report.put("local_reads", figures);
    }
    String json = new GsonBuilder().setPrettyPrinting().create().toJson(report);
    System.out.println(json);
    if (args.length > 0) {
      Files.writeString(Path.of(args[0]), json + "\n");
    }
    System.exit(0);
  }

  private static List<Session> create(SojournClient client) {
    List<Session> sessions = new ArrayList<>();
    for (int i = 0; i < SESSIONS; i++) {
      Session session = client.start();
      session.put("value", new byte[VALUE_BYTES]);
      session.save();
      sessions.add(session);
    }
    return sessions;
  }

  private static Figures compare(
      List<Session> sessions, ManagedChannel direct, ManagedChannel byDefault, int inFlight)
      throws InterruptedException {
    byte[] payload = new byte[VALUE_BYTES];
    Load reads = new Load((lane, done) -> read(sessions.get(lane), done), inFlight);
    Load directEchoes = new Load((lane, done) -> BareEcho.call(direct, payload, done), inFlight);
    Load defaultEchoes =
        new Load((lane, done) -> BareEcho.call(byDefault, payload, done), inFlight);
    List<Double> readRates = new ArrayList<>();
    List<Double> directRates = new ArrayList<>();
    List<Double> defaultRates = new ArrayList<>();
    for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      double read = reads.run(ROUND_MILLIS);
      double directEcho = directEchoes.run(ROUND_MILLIS);
      double defaultEcho = defaultEchoes.run(ROUND_MILLIS);
      if (round >= 0) {
        readRates.add(read);
        directRates.add(directEcho);
        defaultRates.add(defaultEcho);
      }
    }
    return new Figures(
        inFlight,
        medianRatio(readRates, directRates),
        medianRatio(readRates, defaultRates),
        readRates,
        directRates,
        defaultRates);
  }

  private static void read(Session session, Runnable done) {
    session
        .executeAsync(Operations.none().get("value"))
        .whenComplete(
            (results, failure) -> {
              if (failure != null || results.fields().size() != 1) {
                throw new IllegalStateException("the read failed", failure);
              }
              done.run();
            });
  }

  private static double medianRatio(List<Double> ours, List<Double> theirs) {
    double[] ratios = new double[ours.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = ours.get(i) / theirs.get(i);
    }
    Arrays.sort(ratios);
    return ratios[ratios.length / 2];
  }
}
