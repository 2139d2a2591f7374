package dev.sojourn.core;

import dev.sojourn.core.request.Field;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.OperationResult;
import dev.sojourn.core.state.Custody;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.WindowEntry;
import dev.sojourn.policy.ClassSet;
import dev.sojourn.policy.DataClass;
import dev.sojourn.policy.NamespacePolicy;
import java.util.List;
import java.util.Map;

/** Which data classes requests, results and payloads touch. */
final class FieldClasses {
  private FieldClasses() {}

  /** The classes of all that a payload holds: its fields, and what its window still shows. */
  static ClassSet present(NamespacePolicy rules, SessionData data) {
    ClassSet present = ofFields(rules, data.fields());
    for (WindowEntry entry : data.window().entries()) {
      for (OperationResult result : entry.results()) {
        if (result instanceof OperationResult.FieldsRead read) {
          present = present.plus(ofFields(rules, read.fields()));
        }
      }
    }
    return present;
  }

  /** Of all the values of a part that is kept for an owner elsewhere. */
  static ClassSet kept(NamespacePolicy rules, Custody custody) {
    return custody
        .values()
        .map(each -> ofFields(rules, each.fields()))
        .reduce(ClassSet.NONE, ClassSet::plus);
  }

  /** Of what was left behind, as far as these rules know the classes by name. */
  static ClassSet leftBehind(NamespacePolicy rules, SessionData data) {
    ClassSet classes = ClassSet.NONE;
    for (DataClass each : rules.classes()) {
      boolean isBehind =
          data.leftBehind().filter(part -> part.classes().contains(each.name())).isPresent();
      classes = isBehind ? classes.plus(each) : classes;
    }
    return classes;
  }

  static ClassSet ofFields(NamespacePolicy rules, Map<String, Field> fields) {
    ClassSet classes = ClassSet.NONE;
    for (Map.Entry<String, Field> field : fields.entrySet()) {
      classes = classes.plus(rules.classOf(field.getKey(), field.getValue().dataClass()));
    }
    return classes;
  }

  /** The classes of the fields that operations name. */
  static ClassSet named(
      NamespacePolicy rules, List<Operation> operations, Map<String, Field> fields) {
    ClassSet named = brought(rules, operations);
    for (Operation operation : operations) {
      if (operation instanceof Operation.Get get) {
        for (String name : get.names()) {
          named = named.plus(rules.classOf(name, label(fields, name)));
        }
      } else if (operation instanceof Operation.Remove remove) {
        named = named.plus(rules.classOf(remove.name(), label(fields, remove.name())));
      } else if (operation instanceof Operation.Increment increment) {
        named = named.plus(rules.classOf(increment.name(), label(fields, increment.name())));
      } else if (operation instanceof Operation.Append append) {
        named = named.plus(rules.classOf(append.name(), label(fields, append.name())));
      }
    }
    return named;
  }

  private static String label(Map<String, Field> fields, String name) {
    Field field = fields.get(name);
    return field == null ? Field.DEFAULT_CLASS : field.dataClass();
  }

  /** The classes of the values that operations bring. */
  static ClassSet brought(NamespacePolicy rules, List<Operation> operations) {
    ClassSet brought = ClassSet.NONE;
    for (Operation operation : operations) {
      if (operation instanceof Operation.Put put) {
        brought = brought.plus(rules.classOf(put.name(), put.field().dataClass()));
      } else if (operation instanceof Operation.Increment increment) {
        brought = brought.plus(rules.classOf(increment.name(), Field.DEFAULT_CLASS));
      } else if (operation instanceof Operation.Append append) {
        brought = brought.plus(rules.classOf(append.name(), Field.DEFAULT_CLASS));
      }
    }
    return brought;
  }
}
