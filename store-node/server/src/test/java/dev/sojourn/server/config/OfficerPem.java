package dev.sojourn.server.config;

/** The public key of RFC 8410, section 10.1. */
final class OfficerPem {
  static final String PUBLIC =
      """
      -----BEGIN PUBLIC KEY-----
      MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
      -----END PUBLIC KEY-----
      """;

  private OfficerPem() {}
}
