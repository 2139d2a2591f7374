package dev.sojourn.cli.demo.report;

import dev.sojourn.cli.demo.report.Request.How;
import dev.sojourn.cli.demo.report.Summary.Promise;
import dev.sojourn.value.PopId;
import java.util.List;
import java.util.Locale;

/**
 * What the demo's second act shows: a policy keeps a session in the United States while its user is
 * in Tokyo, and it comes as near to her as it may.
 *
 * @param verifiedWrites of the acknowledged writes, how many were read back as written, once
 * @param payloadCopies at how many POPs the payload rests in the end
 */
public record StorySummary(List<Request> requests, int verifiedWrites, int payloadCopies) {
  private static final PopId NEW_YORK = new PopId("jfk");
  private static final PopId WEST_COAST = new PopId("sjc");
  private static final PopId TOKYO = new PopId("nrt");

  /** From this one on, what carries the hint knows where the session went. */
  private static final int SETTLED_FROM = 2;

  public StorySummary {
    requests = List.copyOf(requests);
  }

  public List<Promise> promises() {
    List<Request> abroad =
        requests.stream().filter(request -> request.pop().equals(TOKYO)).toList();
    List<Request> settled = abroad.stream().skip(SETTLED_FROM).toList();
    List<Request> home = requests.stream().skip(indexAfter(abroad)).toList();
    long remote = abroad.stream().filter(request -> request.how() == How.REMOTE).count();
    long near = settled.stream().filter(request -> isOneTrip(request, WEST_COAST)).count();
    long writes = requests.stream().filter(Request::write).count();
    return List.of(
        new Promise(
            "a session does not follow its user where a policy keeps it from",
            abroad.size() > SETTLED_FROM && remote == abroad.size(),
            text("%d requests in Tokyo, %d served from the United States", abroad.size(), remote)),
        new Promise(
            "the first request there costs one round trip",
            abroad.stream().limit(1).anyMatch(first -> isOneTrip(first, NEW_YORK)),
            told(abroad) + ", where the session was; it moves to the West Coast meanwhile"),
        new Promise(
            "from the third on, each costs one trip to the nearest lawful POP",
            !settled.isEmpty() && near == settled.size(),
            text("%d of %d by one round trip to San Jose", near, settled.size())),
        new Promise(
            "it is pulled back when its user lands",
            home.stream()
                .limit(1)
                .anyMatch(first -> first.how() == How.MOVED && isOneTrip(first, WEST_COAST)),
            told(home) + ", at the first request in New York"),
        new Promise(
            "no acknowledged write is lost, and one POP holds it all",
            writes > 0 && verifiedWrites == writes && payloadCopies == 1,
            text(
                "%d acknowledged, %d read back; copies of the payload: %d",
                writes, verifiedWrites, payloadCopies)));
  }

  public boolean allHeld() {
    return promises().stream().allMatch(Promise::held);
  }

  private static boolean isOneTrip(Request request, PopId owner) {
    return request.roundTrips() == 1
        && request.link().filter(link -> link.owner().equals(owner)).isPresent();
  }

  private int indexAfter(List<Request> abroad) {
    return abroad.isEmpty()
        ? requests.size()
        : requests.lastIndexOf(abroad.get(abroad.size() - 1)) + 1;
  }

  /** Of the first of them. */
  private static String told(List<Request> requests) {
    return requests.stream()
        .findFirst()
        .map(
            first ->
                text(
                    "%s%s, round trips: %d",
                    first.how().name().toLowerCase(Locale.ROOT),
                    first.link().map(link -> " " + link.owner()).orElse(""),
                    first.roundTrips()))
        .orElse("no request");
  }

  private static String text(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
