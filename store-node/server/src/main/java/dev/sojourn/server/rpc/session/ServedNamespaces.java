package dev.sojourn.server.rpc.session;

import com.google.common.collect.ImmutableSet;
import dev.sojourn.value.Namespace;

/** The namespaces that this POP serves. Safe for use by any thread. */
public final class ServedNamespaces {
  private volatile ImmutableSet<Namespace> served;

  public ServedNamespaces(ImmutableSet<Namespace> served) {
    this.served = served;
  }

  /** Takes over a reloaded configuration, for requests that come from now on. */
  public void replace(ImmutableSet<Namespace> namespaces) {
    served = namespaces;
  }

  boolean isServed(Namespace namespace) {
    return served.contains(namespace);
  }
}
