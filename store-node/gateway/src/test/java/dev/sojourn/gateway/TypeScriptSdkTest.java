package dev.sojourn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The TypeScript SDK's own tests, where there is a Node to run them. */
class TypeScriptSdkTest {
  private static final Pattern PASSED = Pattern.compile("(?:#|\u2139) pass (\\d+)");
  private static final int PASSED_MIN = 40;

  @Test
  void shouldPassItsOwnTests() throws Exception {
    Npm sdk = Npm.installed("client-sdk/typescript");
    Matcher passed = PASSED.matcher(sdk.run("test"));
    assertThat(passed.find()).as("a count of tests").isTrue();
    System.out.println("@sojourn/edge: " + passed.group(1) + " tests passed");
    assertThat(Integer.parseInt(passed.group(1))).isGreaterThan(PASSED_MIN);
  }

  @Test
  void shouldNameNoDownloadHostInALockFile() throws Exception {
    for (String lock : new String[] {"client-sdk/typescript", "docs/examples"}) {
      String text = Files.readString(java.nio.file.Path.of("../..", lock, "package-lock.json"));
      assertThat(text).doesNotContain("registry").doesNotContain("\"resolved\": \"http");
    }
  }
}
