package dev.sojourn.cli.demo.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/**
 * What the browser loads, all of it from this process: the page, and the map and the libraries that
 * the simulator's report ships.
 */
record Pages(Map<String, Page> byPath) {
  private static final String OWN = "/dev/sojourn/cli/demo/web/";
  private static final String SHARED = "/dev/sojourn/sim/page/vendor/";

  /**
   * @param type as HTTP has it
   */
  record Page(String type, byte[] body) {}

  static Pages load() throws IOException {
    return new Pages(
        Map.of(
            "/", new Page("text/html; charset=utf-8", read(OWN + "page.html")),
            "/page.css", new Page("text/css; charset=utf-8", read(OWN + "page.css")),
            "/page.js", new Page("text/javascript; charset=utf-8", read(OWN + "page.js")),
            "/map.js", new Page("text/javascript; charset=utf-8", read(OWN + "map.js")),
            "/d3.js", new Page("text/javascript; charset=utf-8", read(SHARED + "d3.min.js")),
            "/topojson.js",
                new Page("text/javascript; charset=utf-8", read(SHARED + "topojson-client.min.js")),
            "/countries.json", new Page("application/json", read(SHARED + "countries-110m.json")),
            "/licences", new Page("text/plain; charset=utf-8", read(SHARED + "NOTICE.md"))));
  }

  Optional<Page> find(String path) {
    return Optional.ofNullable(byPath.get(path));
  }

  /** A file of this program. */
  static byte[] read(String resource) throws IOException {
    try (InputStream in = Pages.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("`" + resource + "` is not in the jar");
      }
      return in.readAllBytes();
    }
  }
}
