package dev.sojourn.server;

import dev.sojourn.core.PolicyInForce;
import dev.sojourn.core.link.PolicyNews;
import dev.sojourn.server.policy.PolicyPosts;
import dev.sojourn.server.rpc.peer.PeerNetwork;
import dev.sojourn.server.shell.NodeShell;
import dev.sojourn.server.shell.ResidencySweep;
import dev.sojourn.value.PopId;
import java.util.Optional;

/** Who does in a node what its desk for policies asks for. */
record NodePosts(PeerNetwork network, NodeShell shell, ResidencySweep sweep)
    implements PolicyPosts {
  @Override
  public void send(PopId to, PolicyNews news) {
    // If it is lost, it is asked for again.
    boolean unused = network.sendPolicyNews(to, news);
  }

  @Override
  public void dial(PopId to) {
    network.connect(to);
  }

  @Override
  public void obey(PolicyInForce policy, boolean toSweep) {
    shell.policyChanged(Optional.of(policy));
    if (toSweep) {
      sweep.begin(policy);
    }
  }
}
