package dev.sojourn.sim.swarm;

import dev.sojourn.value.PopId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A traced run for the terminal: time goes down, each POP has a lane, a message is an arrow from
 * one to the other, and what a POP heard, wrote or said stands at its lane.
 */
public final class Lanes {
  private static final int LANE = 6;
  private static final Pattern SENT = Pattern.compile("(\\S+) -> (\\S+)  (.*)");
  private static final Pattern HEARD = Pattern.compile("(\\S+) <- (.*)");
  private static final Pattern ASKED = Pattern.compile("(\\S+) asks (\\S+) (.*)");

  private final List<String> pops;

  private Lanes(List<PopId> pops) {
    this.pops = pops.stream().map(PopId::name).toList();
  }

  /** One line for each thing that happened, below a head with the names of the POPs. */
  public static List<String> draw(Plan plan, Verdict traced) {
    Lanes lanes = new Lanes(plan.shape().pops());
    List<String> lines = new ArrayList<>();
    StringBuilder head = new StringBuilder("     ms  ");
    lanes.pops.forEach(pop -> head.append(String.format(Locale.ROOT, "%-" + LANE + "s", pop)));
    lines.add(head.toString().stripTrailing());
    for (String line : traced.trace()) {
      lines.add(lanes.line(line));
    }
    return lines;
  }

  private String line(String line) {
    String time = line.substring(0, Math.min(line.length(), 9));
    String said = line.substring(Math.min(line.length(), 9));
    Matcher sent = SENT.matcher(said);
    Matcher heard = HEARD.matcher(said);
    Matcher asked = ASKED.matcher(said);
    String lanes;
    String text = said;
    if (sent.matches() && pops.contains(sent.group(1)) && pops.contains(sent.group(2))) {
      lanes = arrow(pops.indexOf(sent.group(1)), pops.indexOf(sent.group(2)));
      text = sent.group(3);
    } else if (heard.matches() && pops.contains(heard.group(1))) {
      lanes = mark(pops.indexOf(heard.group(1)), '*');
      text = heard.group(2);
    } else if (asked.matches() && pops.contains(asked.group(2))) {
      lanes = mark(pops.indexOf(asked.group(2)), '?');
    } else {
      lanes = mark(subject(said), markOf(said));
    }
    return time + lanes + text;
  }

  /** The lane that a line is about: of the first POP that it names. */
  private int subject(String said) {
    for (String word : said.split("[ :,]+")) {
      if (pops.contains(word)) {
        return pops.indexOf(word);
      }
    }
    return -1;
  }

  private static char markOf(String said) {
    if (said.contains(" hears ")) {
      return '!';
    } else if (said.startsWith("crash")) {
      return 'X';
    } else if (said.startsWith("start")) {
      return '^';
    } else if (said.contains(" has durably ")) {
      return '=';
    } else if (said.contains(" writes ")) {
      return '+';
    }
    return '-';
  }

  private String mark(int lane, char mark) {
    StringBuilder text = bare();
    if (lane >= 0) {
      text.setCharAt(lane * LANE, mark);
    }
    return text.toString();
  }

  private String arrow(int from, int to) {
    StringBuilder text = bare();
    int left = Math.min(from, to) * LANE;
    int right = Math.max(from, to) * LANE;
    for (int i = left; i <= right; i++) {
      text.setCharAt(i, '-');
    }
    text.setCharAt(from * LANE, 'o');
    text.setCharAt(to * LANE, from < to ? '>' : '<');
    return text.toString();
  }

  private StringBuilder bare() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pops.size(); i++) {
      text.append('|').append(" ".repeat(LANE - 1));
    }
    return text;
  }
}
