package dev.sojourn.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpaceWatchTest {
  private final List<Boolean> told = new ArrayList<>();
  private final StoreListener listener =
      new StoreListener() {
        @Override
        public void spaceChanged(boolean writable) {
          told.add(writable);
        }
      };
  private long freeBytes = 1_000;
  private boolean broken;
  private final SpaceWatch watch = new SpaceWatch(this::ask, 400, listener);

  @Test
  void shouldSayNothingWhileThereIsEnough() {
    look(1_000);
    look(400);

    assertThat(told).isEmpty();
    assertThat(watch.lastSeenBytes()).isEqualTo(400);
  }

  @Test
  void shouldSayOnceThatTheReserveIsReached() {
    look(399);
    look(10);

    assertThat(told).containsExactly(false);
  }

  @Test
  void shouldNotFlapAtTheBrink() {
    look(399);
    look(401);
    look(399);
    look(499);
    look(500);
    look(401);

    assertThat(told).containsExactly(false, true);
  }

  @Test
  void shouldKeepItsWordWhileTheDiskCannotBeAsked() {
    look(399);
    broken = true;
    look(1_000);

    assertThat(told).containsExactly(false);
  }

  private void look(long free) {
    freeBytes = free;
    watch.check();
  }

  private long ask() throws IOException {
    if (broken) {
      throw new IOException("gone");
    }
    return freeBytes;
  }
}
