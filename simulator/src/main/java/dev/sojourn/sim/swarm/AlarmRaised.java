package dev.sojourn.sim.swarm;

import java.util.List;

/** An operator was told of something that no fault of the run explains. */
final class AlarmRaised extends RuntimeException {
  private static final long serialVersionUID = 1;

  AlarmRaised(List<String> alarms) {
    super("alarms: " + alarms);
  }
}
