package dev.sojourn.server.rpc.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdmissionTest {
  @Test
  void shouldTakeInAsManyCallsAndBytesAsItMay() {
    Admission admission = new Admission(2, 100);
    assertThat(admission.enter(60)).isTrue();
    assertThat(admission.enter(41)).isFalse();
    assertThat(admission.enter(40)).isTrue();
    assertThat(admission.enter(0)).isFalse();
    admission.leave(60);
    assertThat(admission.enter(60)).isTrue();
  }

  @Test
  void shouldTakeInNothingWhileAnswersThatNobodyReadsFillIt() {
    Admission admission = new Admission(10, 100);
    assertThat(admission.enter(10)).isTrue();
    admission.grow(200);
    assertThat(admission.enter(1)).isFalse();
    admission.leave(210);
    assertThat(admission.enter(100)).isTrue();
    assertThat(admission.calls()).isEqualTo(1);
  }
}
