package dev.sojourn.sim.terms;

/** All requests of one session, in the order of time. */
public interface Session {
  int size();

  Request get(int index);

  /** What is left of it from that request on, as a session of its own. */
  default Session from(int first) {
    Session whole = this;
    return new Session() {
      @Override
      public int size() {
        return whole.size() - first;
      }

      @Override
      public Request get(int index) {
        Request same = whole.get(first + index);
        return index > 0
            ? same
            : new Request(same.atMillis(), same.pop(), same.device(), same.isWrite(), true);
      }
    };
  }
}
