package dev.sojourn.bench;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.MediaType;
import dev.sojourn.cli.demo.node.NodeProcess;
import dev.sojourn.cli.demo.node.TemporaryDirectory;
import dev.sojourn.server.NodePorts;
import dev.sojourn.v1.ExecuteRequest;
import dev.sojourn.v1.ExecuteResponse;
import dev.sojourn.v1.Field;
import dev.sojourn.v1.Operation;
import dev.sojourn.v1.SessionServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a local read through the edge gateway costs against the very same unary call at the plain
 * gRPC port of the same node: as JSON over HTTP/1.1 with connections kept alive, one for each call
 * in flight, and over HTTP/2, all on one connection, as gRPC has them. Rounds are interleaved, and
 * the medians of the per-round ratios count.
 */
public final class GatewayCost {
  private static final int VALUE_BYTES = 1024;
  private static final int[] IN_FLIGHT = {1, 64};
  private static final int WARM_UP_ROUNDS = 25;
  private static final int ROUNDS = 41;

  /** Short, so that what else the machine does hits all three alike. */
  private static final long ROUND_MILLIS = 300;

  private static final String EXECUTE =
      "/" + SessionServiceGrpc.getExecuteMethod().getFullMethodName();

  private final SecureRandom random = new SecureRandom();
  private final SessionServiceGrpc.SessionServiceStub grpc;
  private final List<String> hints = new ArrayList<>();

  /** What came of one number of calls in flight, calls a second in each round. */
  record Figures(
      int inFlight,
      double http1OverGrpc,
      double http2OverGrpc,
      List<Double> grpc,
      List<Double> http1,
      List<Double> http2) {}

  private GatewayCost(ManagedChannel channel, int sessions) {
    this.grpc = SessionServiceGrpc.newStub(channel);
    for (int i = 0; i < sessions; i++) {
      Field value =
          Field.newBuilder()
              .setName("value")
              .setValue(ByteString.copyFrom(new byte[VALUE_BYTES]))
              .build();
      Operation put =
          Operation.newBuilder().setPut(Operation.Put.newBuilder().setField(value)).build();
      hints.add(SessionServiceGrpc.newBlockingStub(channel).execute(request("", put)).getHint());
    }
  }

  /** Prints the figures as JSON, and writes them to the file named first, if any. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Map<String, Object> report = new LinkedHashMap<>();
    try (TemporaryDirectory directory = new TemporaryDirectory("sojourn-bench-")) {
      NodeProcess node = Servers.startNode(directory.path(), "gateway:\n  listen: 127.0.0.1:0\n");
      node.awaitReady();
      ManagedChannel channel = BareEcho.connect(node.ports().clients(), true);
      int gateway = gatewayPort(directory.path());
      GatewayCost cost = new GatewayCost(channel, IN_FLIGHT[IN_FLIGHT.length - 1]);
      List<Figures> figures = new ArrayList<>();
      for (int inFlight : IN_FLIGHT) {
        figures.add(cost.compare(gateway, inFlight));
      }
      channel.shutdownNow();
      node.kill();
      report.put("java", System.getProperty("java.version"));
      report.put("cores", Runtime.getRuntime().availableProcessors());
      report.put("value_bytes", VALUE_BYTES);
      report.put("gateway_reads", figures);
    }
    String json = new GsonBuilder().setPrettyPrinting().create().toJson(report);
    System.out.println(json);
    if (args.length > 0) {
      Files.writeString(Path.of(args[0]), json + "\n");
    }
    System.exit(0);
  }

  private Figures compare(int gateway, int inFlight) throws InterruptedException {
    WebClient http1 = WebClient.of("h1c://127.0.0.1:" + gateway);
    WebClient http2 = WebClient.of("h2c://127.0.0.1:" + gateway);
    Load byGrpc = new Load(this::readByGrpc, inFlight);
    Load byHttp1 = new Load((lane, done) -> readByHttp(http1, lane, done), inFlight);
    Load byHttp2 = new Load((lane, done) -> readByHttp(http2, lane, done), inFlight);
    List<Double> grpcRates = new ArrayList<>();
    List<Double> http1Rates = new ArrayList<>();
    List<Double> http2Rates = new ArrayList<>();
    for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      double first = byGrpc.run(ROUND_MILLIS);
      double second = byHttp1.run(ROUND_MILLIS);
      double third = byHttp2.run(ROUND_MILLIS);
      if (round >= 0) {
        grpcRates.add(first);
        http1Rates.add(second);
        http2Rates.add(third);
      }
    }
    return new Figures(
        inFlight,
        medianRatio(http1Rates, grpcRates),
        medianRatio(http2Rates, grpcRates),
        grpcRates,
        http1Rates,
        http2Rates);
  }

  private void readByGrpc(int lane, Runnable done) {
    Operation get =
        Operation.newBuilder().setGet(Operation.Get.newBuilder().addNames("value")).build();
    grpc.execute(
        request(hints.get(lane), get),
        new StreamObserver<>() {
          @Override
          public void onNext(ExecuteResponse response) {
            if (response.getResults(0).getFields().getFields(0).getValue().size() != VALUE_BYTES) {
              throw new IllegalStateException("another value came back");
            }
          }

          @Override
          public void onError(Throwable failure) {
            throw new IllegalStateException("the read failed", failure);
          }

          @Override
          public void onCompleted() {
            done.run();
          }
        });
  }

  private void readByHttp(WebClient client, int lane, Runnable done) {
    String body =
        "{\"namespace\":\"%s\",\"requestId\":\"%s\",\"operations\":[{\"get\":{\"names\":[\"value\"]}}]}"
            .formatted(Servers.NAMESPACE, Base64.getEncoder().encodeToString(requestId()));
    HttpRequest request =
        HttpRequest.builder()
            .post(EXECUTE)
            .header("sojourn-hint", hints.get(lane))
            .content(MediaType.JSON, body)
            .build();
    client
        .execute(request)
        .aggregate()
        .whenComplete(
            (response, failure) -> {
              // Base64 is a third longer than what it stands for.
              if (failure != null
                  || response.status().code() != 200
                  || response.content().length() < VALUE_BYTES * 4 / 3) {
                throw new IllegalStateException("the read failed", failure);
              }
              done.run();
            });
  }

  private ExecuteRequest request(String hint, Operation operation) {
    return ExecuteRequest.newBuilder()
        .setNamespace(Servers.NAMESPACE)
        .setHint(hint)
        .setRequestId(ByteString.copyFrom(requestId()))
        .addOperations(operation)
        .build();
  }

  private byte[] requestId() {
    byte[] id = new byte[16];
    random.nextBytes(id);
    return id;
  }

  private static int gatewayPort(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      Path ports =
          files.filter(file -> file.endsWith(NodePorts.FILE_NAME)).findFirst().orElseThrow();
      return JsonParser.parseString(Files.readString(ports))
          .getAsJsonObject()
          .get("gateway")
          .getAsInt();
    }
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
