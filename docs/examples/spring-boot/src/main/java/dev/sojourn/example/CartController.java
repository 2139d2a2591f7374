package dev.sojourn.example;

import dev.sojourn.client.Field;
import dev.sojourn.client.Session;
import dev.sojourn.client.SojournClient;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A page with a cart, a login and a logout. */
@RestController
class CartController {
  private static final List<String> FRUIT = List.of("apples", "pears", "figs");

  private final SojournClient sojourn;

  CartController(SojournClient sojourn) {
    this.sojourn = sojourn;
  }

  @GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE)
  ResponseEntity<String> show(
      @RequestHeader(name = HttpHeaders.COOKIE, required = false) @Nullable String cookies) {
    Session session = sojourn.open(cookies);
    // A move may have brought a new hint, so even a page that only reads may set the cookie.
    return answer(session, ResponseEntity.ok()).body(CartPage.of(session, FRUIT));
  }

  @PostMapping("/")
  ResponseEntity<Void> change(
      @RequestHeader(name = HttpHeaders.COOKIE, required = false) @Nullable String cookies,
      @RequestParam(required = false) @Nullable String add,
      @RequestParam(required = false) @Nullable String login,
      @RequestParam(required = false) @Nullable String logout) {
    Session session = sojourn.open(cookies);
    if (add != null && FRUIT.contains(add)) {
      session.increment(add, 1);
    }
    if (login != null && !login.isBlank()) {
      // At login the credential is replaced, so that nobody can have planted it before.
      session.put(Field.ofText("name", login).dataClass("identity")).rotate();
    }
    if (logout != null) {
      session.destroy();
    }
    session.save();
    return answer(session, ResponseEntity.status(303).header(HttpHeaders.LOCATION, "/")).build();
  }

  private static ResponseEntity.BodyBuilder answer(
      Session session, ResponseEntity.BodyBuilder answer) {
    session.setCookie().ifPresent(cookie -> answer.header(HttpHeaders.SET_COOKIE, cookie));
    return answer.header(HttpHeaders.CACHE_CONTROL, "no-store");
  }
}
