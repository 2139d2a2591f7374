package dev.sojourn.example;

import dev.sojourn.client.Session;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/** What the browser shows. */
final class CartPage {
  private CartPage() {}

  static String of(Session session, List<String> fruit) {
    String name = session.getText("name").map(HtmlUtils::htmlEscape).orElse("");
    String rows =
        fruit.stream()
            .map(
                each ->
                    "<li><button name=\"add\" value=\"%s\">+</button> <b>%d</b> %s</li>"
                        .formatted(each, session.getNumber(each).orElse(0), each))
            .collect(Collectors.joining());
    String story =
        session
            .lastOutcome()
            .map(
                last ->
                    "%s at %s, owned by %s, %d round trips"
                        .formatted(
                            last.how(), last.servingPop(), last.ownerPop(), last.roundTrips()))
            .orElse("nothing is stored yet");
    String door =
        name.isEmpty()
            ? "<input name=\"login\" placeholder=\"Name\"> <button>Log in</button>"
            : "<button name=\"logout\" value=\"yes\">Log out</button>";
    return """
    <!doctype html>
    <html lang="en">
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>A cart that follows you</title>
    <style>
      :root { color-scheme: light dark }
      body { font: 1.1rem/1.6 system-ui, sans-serif; max-width: 34rem; margin: 3rem auto; padding: 0 1rem }
      ul { list-style: none; padding: 0 } button, input { font: inherit; padding: .1rem .8rem }
      footer { opacity: .7; border-top: 1px solid; margin-top: 2rem; padding-top: .5rem }
    </style>
    <h1>%s</h1>
    <form method="post"><ul>%s</ul></form>
    <form method="post">%s</form>
    <footer>%s</footer>
    </html>
    """
        .formatted(name.isEmpty() ? "Your cart" : name + "'s cart", rows, door, story);
  }
}
