package dev.sojourn.policy.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import dev.sojourn.policy.Countries;
import dev.sojourn.policy.Group;
import dev.sojourn.policy.PlaceSet;
import dev.sojourn.yaml.YamlFields;
import dev.sojourn.yaml.YamlValue;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The groups that a file defines, and behind them those that are built in. */
final class GroupReader {
  static final int GROUPS_MAX = 500;

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  private final Map<String, YamlFields.Named> defined = new LinkedHashMap<>();
  private final Map<String, Optional<Group>> read = new HashMap<>();
  // Those whose reading has begun and waits for what they are made of, outermost first.
  private final Set<String> open = new LinkedHashSet<>();

  GroupReader(YamlValue section) {
    ImmutableList<YamlFields.Named> entries =
        section.mapping().map(YamlFields::entries).orElseGet(ImmutableList::of);
    if (entries.size() > GROUPS_MAX) {
      section.refuse("more than " + GROUPS_MAX + " groups", "leave out what no rule uses");
      return;
    }
    for (YamlFields.Named entry : entries) {
      entry.key().text(GroupReader::name).ifPresent(name -> defined.put(name, entry));
    }
  }

  /** All that the file defines, in its order, without those that have a problem. */
  ImmutableMap<String, Group> all() {
    ImmutableMap.Builder<String, Group> all = ImmutableMap.builder();
    for (String name : defined.keySet()) {
      read(name).ifPresent(group -> all.put(name, group));
    }
    return all.buildOrThrow();
  }

  /** Whether the name is defined or built in. */
  boolean knows(String name) {
    return defined.containsKey(name) || Countries.GROUPS.containsKey(name);
  }

  Iterable<String> names() {
    return Iterables.concat(defined.keySet(), Countries.GROUPS.keySet());
  }

  /**
   * Who is in a group that is {@linkplain #knows known}.
   *
   * @param use where it is named
   * @return empty if its definition has a problem, which has been told
   */
  Optional<PlaceSet> resolve(String name, YamlValue use) {
    if (open.contains(name)) {
      String path =
          String.join("` of `", Iterables.skip(open, Iterables.indexOf(open, name::equals)));
      use.refuse(
          "group `" + name + "` is made of itself",
          "it goes round by `" + path + "`; list countries instead");
      return Optional.empty();
    }
    if (!defined.containsKey(name)) {
      return Optional.ofNullable(Countries.GROUPS.get(name))
          .map(group -> PlaceSet.ofCountries(group.countries()));
    }
    return read(name).map(Group::places);
  }

  private Optional<Group> read(String name) {
    Optional<Group> known = read.get(name);
    YamlFields.Named definition = defined.get(name);
    if (known != null || definition == null) {
      return known == null ? Optional.empty() : known;
    }
    open.add(name);
    Optional<Group> group =
        new PlaceWords(this)
            .group(definition.value())
            .map(
                found -> new Group(name, found.words(), found.included(), definition.key().span()));
    open.remove(name);
    read.put(name, group);
    return group;
  }

  private static String name(String text) {
    if (PlaceWords.RESERVED.contains(text)) {
      throw new IllegalArgumentException("`" + text + "` has a meaning of its own");
    }
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "`"
              + text
              + "` is not a group: 1 to 32 characters of a-z, 0-9 and -, starting with a letter");
    }
    return text;
  }
}
